"""What is searched, within which budget, and how far it is: one small file for each search in the user's folder.

The trials themselves are runs in the store; Optuna's journal, beside this file, says how they were chosen.
"""

from __future__ import annotations

import json
import os
import time
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from core.config import RunSettings, validated
from core.errors import RunError
from core.messages import N_
from core.search.space import Range, require_some

FOLDER = "searches"
MOST_TRIALS = 200
LOOK_SECONDS = 0.5


class NoSuchSearch(RunError):
    message = N_("There is no search “{wanted}”.")


@dataclass(frozen=True)
class Search:
    """A search. `trials` and `minutes`: the budget, 0: no limit of this kind (but never more than MOST_TRIALS).

    session: counts its starts; `began`: when the last one was (seconds since 1970). spent: seconds of the sessions
    before. stopped: nobody works on it. winner: the run that was kept and scored on the test part. learned: the share
    of the validation texts that it learns from in the end, when nothing is chosen by them any more.
    """

    home: Path
    search_id: str
    name: str
    fingerprint: str
    settings: RunSettings
    ranges: tuple[Range, ...]
    trials: int = 0
    minutes: float = 0.0
    session: int = 1
    began: float = 0.0
    spent: float = 0.0
    stopped: bool = False
    winner: str = ""
    learned: float = 0.0

    @classmethod
    def create(
        cls, home: Path, name: str, fingerprint: str, settings: RunSettings, ranges: Sequence[Range],
        trials: int = 0, minutes: float = 0.0,
    ) -> Search:  # fmt: skip
        """A new search, begun now. Raises NothingToSearch or TooManyParameters.

        All validation texts judge the trials: what is chosen by them must not be learned from.
        """
        require_some(ranges)
        judged = settings.with_values({"validation_learned": 0.0})
        made = cls(
            home, uuid.uuid4().hex[:12], name, fingerprint, judged, tuple(ranges), trials, minutes, began=time.time(),
            learned=settings.split.validation_learned,
        )  # fmt: skip
        made.save()
        return made

    @classmethod
    def load(cls, home: Path, search_id: str) -> Search:
        """Raises NoSuchSearch; an id out of an address may be anything."""
        try:
            if not search_id.isalnum():
                raise FileNotFoundError
            content = json.loads((home / FOLDER / search_id / "search.json").read_text("utf-8"))
        except FileNotFoundError:
            raise NoSuchSearch(wanted=search_id) from None
        content["settings"] = validated(content["settings"])
        content["ranges"] = tuple(Range.from_json(one) for one in content["ranges"])
        return cls(home=home, **content)

    @property
    def folder(self) -> Path:
        return self.home / FOLDER / self.search_id

    @property
    def most(self) -> int:
        """How many trials there may be."""
        return min(self.trials or MOST_TRIALS, MOST_TRIALS)

    @property
    def file(self) -> Path:
        return self.folder / "search.json"

    def seconds(self) -> float:
        """Worked on until now, over all sessions; what was lost with the machine counts to the last sign of life."""
        return self.spent + (0.0 if self.stopped else max(0.0, time.time() - self.began))

    def time_is_up(self) -> bool:
        return bool(self.minutes) and self.seconds() >= 60 * self.minutes

    def halted(self, session: int) -> bool:
        """Whether a trial of this session should not begin, or go on."""
        return self.stopped or self.session != session or self.time_is_up()

    def stop(self) -> Search:
        """What runs is broken off and can be taken up again."""
        made = replace(self, spent=self.seconds(), stopped=True)
        made.save()
        return made

    def resume(self, trials: int = 0, minutes: float = 0.0) -> Search:
        """One more session, with a larger budget if one is given."""
        spent = self.spent if self.stopped else self.spent + max(0.0, self.last_seen() - self.began)
        made = replace(
            self, spent=spent, stopped=False, session=self.session + 1, began=time.time(),
            trials=trials or self.trials, minutes=minutes or self.minutes,
        )  # fmt: skip
        made.save()
        return made

    def with_winner(self, run_id: str) -> Search:
        made = replace(self, spent=self.seconds(), stopped=True, winner=run_id)
        made.save()
        return made

    def seen(self) -> None:
        """A sign of life."""
        (self.folder / "seen").touch()

    def save(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        content: dict[str, Any] = {key: value for key, value in vars(self).items() if key != "home"}
        content |= {"settings": self.settings.model_dump(mode="json"), "ranges": [asdict(one) for one in self.ranges]}
        fresh = self.file.with_name(f"search.json.{os.getpid()}")
        fresh.write_text(json.dumps(content, ensure_ascii=False, indent=1), "utf-8")
        fresh.replace(self.file)

    def last_seen(self) -> float:
        """When the last sign of life came, in seconds since 1970."""
        try:
            return (self.folder / "seen").stat().st_mtime
        except FileNotFoundError:
            return self.began


class Halt:
    """Asked between batches whether a search goes on; looks into its file twice a second at the most."""

    def __init__(self, search: Search, session: int) -> None:
        self._search, self._session = search, session
        self._next = 0.0
        self.halted = False

    def __call__(self) -> bool:
        if not self.halted and time.monotonic() >= self._next:
            self._next = time.monotonic() + LOOK_SECONDS
            try:
                self.halted = Search.load(self._search.home, self._search.search_id).halted(self._session)
            except NoSuchSearch:
                self.halted = True  # deleted
        return self.halted


def searches(home: Path, fingerprint: str = "") -> list[Search]:
    """All of them, or those of some texts, the newest first; what this version cannot read is left out."""
    from core.errors import UnrolledError

    found = []
    for file in (home / FOLDER).glob("*/search.json"):
        try:
            found.append((file.parent.stat().st_ctime, Search.load(home, file.parent.name)))
        except (UnrolledError, TypeError, ValueError, KeyError):
            continue
    ordered = [search for _, search in sorted(found, key=lambda pair: -pair[0])]
    return [search for search in ordered if not fingerprint or search.fingerprint == fingerprint]
