"""How a run's record is written into MLflow's tags, and read back."""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from core.config import RunSettings, validated
from core.config.tasks import OF_TASK, known_task
from core.errors import SettingsError
from core.models import architecture
from core.parameters import Parameters
from core.runs.legs import Leg
from core.runs.records import Problem, Run, RunStatus

_log = logging.getLogger("unrolled")

CHUNK = 7_000  # characters; MLflow takes up to 8,000 in a tag
LARGEST = 1.7e308  # MLflow stores infinity as the largest number


def chunked(key: str, value: Any) -> dict[str, str]:
    """A JSON value as tags of limited length: {"data/0": "{...", "data/1": "...}"}."""
    text = json.dumps(value, ensure_ascii=False)
    return {f"{key}/{number}": text[start : start + CHUNK] for number, start in enumerate(range(0, len(text), CHUNK))}


def joined(tags: Mapping[str, str], key: str) -> Any:
    """The value that `chunked` wrote, or None. Pieces left over from a longer, older value are not read."""
    pieces: list[str] = []
    while (piece := tags.get(f"{key}/{len(pieces)}")) is not None:
        pieces.append(piece)
    return json.JSONDecoder().raw_decode("".join(pieces))[0] if pieces else None


def settings_tags(settings: RunSettings) -> dict[str, str]:
    """`epochs` is a tag of its own because MLflow's parameters cannot change, and a continued run raises it."""
    return chunked("settings", settings.model_dump(mode="json")) | {"epochs": str(settings.training.epochs)}


def problem_tags(problem: Problem | None, key: str = "error") -> dict[str, str]:
    return chunked(key, problem and {"code": problem.code, "values": problem.values, "message": problem.message})


def _problem(tags: Mapping[str, str], key: str) -> Problem | None:
    value = joined(tags, key)
    return Problem(**value) if value else None


def now_tag() -> str:
    return datetime.now(UTC).isoformat()


@lru_cache(maxsize=512)
def _settings(text: str) -> RunSettings:
    """Stored settings, also those of another version: what it added is left out, what came since has its default."""
    tree = json.loads(text)
    groups: dict[str, type[Parameters]] = {name: type(group) for name, group in RunSettings().groups().items()}
    groups["network"] = architecture(tree["network"]["architecture"]).settings
    groups["of_task"] = OF_TASK[known_task(tree.get("task", RunSettings().task))]
    for name, group in groups.items():
        tree[name] = {key: value for key, value in tree.get(name, {}).items() if key in group.model_fields}
    return validated({key: value for key, value in tree.items() if key in RunSettings.model_fields})


def number(value: float) -> float:
    """A metric as it was before MLflow replaced infinity."""
    return math.copysign(math.inf, value) if abs(value) >= LARGEST else value


def record(run: Any) -> Run:
    """A Run from what MLflow returned."""
    tags: dict[str, str] = run.data.tags
    data = joined(tags, "data")
    step, _, total = tags.get("progress", "0/0").partition("/")
    return Run(
        run_id=run.info.run_id,
        name=run.info.run_name,
        status=RunStatus(tags["status"]),
        settings=_settings(json.dumps(joined(tags, "settings"))),
        dataset_fingerprint=data["fingerprint"],
        dataset_name=data["name"],
        class_names=data["class_names"],
        rows=data.get("rows", {}),
        created=datetime.fromtimestamp(run.info.start_time / 1000, UTC),
        queued=datetime.fromisoformat(tags["queued"]),
        seconds=float(tags.get("seconds", 0.0)),
        timing=joined(tags, "timing") or {},
        metrics={name: number(value) for name, value in run.data.metrics.items() if not name.startswith("batch_")},
        tags={name: text for name, text in tags.items() if not name.startswith("mlflow.") and "/" not in name},
        progress=(int(step), int(total)),
        error=_problem(tags, "error"),
        references_error=_problem(tags, "references_error"),
        parent=tags.get("parent") or None,
        test_looks=int(tags.get("test_looks", 0)),
        has_network=bool(tags.get("network")),
        legs=tuple(map(Leg.from_json, joined(tags, "legs") or [])),
    )


def readable(found: Iterable[Any]) -> Iterator[Run]:
    """The runs that this version understands; one that it does not shall not hide the others."""
    for run in found:
        try:
            yield record(run)
        except SettingsError as error:
            _log.warning("Run %s is of another version: %s", run.info.run_id, error)
