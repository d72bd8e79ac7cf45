"""What a user notes of runs to find them again: tags, the archive; and the look that each run has everywhere."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from core.errors import RunError
from core.messages import N_
from core.runs.base import Tracked

MOST_CHARACTERS = 40  # of one tag
MOST_LABELS = 20
LOOKS = 50  # ten colours, five dashes
_YES = "yes"


class NotATag(RunError):
    message = N_("“{label}” cannot be a tag: at most {most} characters, and no commas. Shorten it.")


class TooManyTags(RunError):
    message = N_("A training can have {most} tags at the most. Take some away.")


class Marks(Tracked):
    """Adds tags, the archive and looks. In MLflow's own pages they are the tags `labels`, `archived` and `look`."""

    def set_labels(self, run_id: str, labels: Iterable[str]) -> None:
        """The tags that the user gives a run, instead of those it had. Raises NotATag or TooManyTags."""
        kept = _cleaned(labels)
        self._found(run_id)
        self._log(run_id, {"labels": ", ".join(kept)})

    def archive(self, run_id: str, archived: bool = True) -> None:
        """Put a run away: lists leave it out unless they are asked for it. Nothing of it is lost."""
        self._found(run_id)
        self._log(run_id, {"archived": _YES if archived else ""})

    def next_look(self) -> int:
        """The look of the next run: the one after that of the newest, so that neighbours never look the same."""
        newest = self._client.search_runs([self._runs_id], max_results=1, order_by=["attributes.start_time DESC"])
        return (look_of(newest[0].info.run_id, newest[0].data.tags.get("look", "")) + 1) % LOOKS if newest else 0


def labels_of(value: str) -> list[str]:
    """The tags that `set_labels` wrote: "first try, for the report" -> ["first try", "for the report"]."""
    return [label for part in value.split(",") if (label := part.strip())]


def is_archived(value: str) -> bool:
    return value == _YES


def look_of(run_id: str, value: str) -> int:
    """The number of a run's colour and dash, below LOOKS; of runs of earlier versions, drawn from the id."""
    return int(value) % LOOKS if value.isdecimal() else zlib.crc32(run_id.encode()) % LOOKS


def _cleaned(labels: Iterable[str]) -> list[str]:
    kept = list(dict.fromkeys(label for one in labels if (label := " ".join(one.split()))))
    for label in kept:
        if len(label) > MOST_CHARACTERS or "," in label:
            raise NotATag(label=label, most=MOST_CHARACTERS)
    if len(kept) > MOST_LABELS:
        raise TooManyTags(most=MOST_LABELS)
    return kept
