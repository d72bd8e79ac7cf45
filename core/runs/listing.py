"""All runs as one table, however many: what a list shows of each, without opening the runs one by one.

MLflow's own search takes 1 to 2 s for a thousand runs, because it brings every parameter, tag and metric of each. On
SQLite, the few columns that are shown are read straight from its tables, which are the same in MLflow's own pages;
of any other store they are taken out of what MLflow returns.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from typing import Any

import pandas as pd

from core.runs.base import Tracked
from core.runs.marks import is_archived, labels_of, look_of
from core.runs.tags import joined, number
from core.runs.tracking import database_file, translated

ALWAYS = ("best_val_accuracy", "test_accuracy")
METRICS = (*ALWAYS, "test_macro_f1", "test_loss", "best_val_loss", "epoch", "sequences_per_second", "test_perplexity",
           "test_entity_f1")  # fmt: skip
PARAMETERS = ("architecture", "task")  # always there
FACTS = {"seconds": 0.0, "rows": 0, "test_looks": 0, "sweep": "", "search": "", "machine": "", "network": ""}
_TAGS = ("status", "labels", "archived", "look")
_DATA = "data/0"
_PAGE = 1_000  # runs that MLflow returns at once

# "tags", "params" or "latest_metrics", and keys -> (run id, key, value) of each run that has it, in any order
Facts = Callable[[str, Sequence[str]], Iterable[tuple[str, str, Any]]]


class Listing(Tracked):
    """Adds the table of all runs."""

    def listing(self, more: Iterable[str] = ()) -> pd.DataFrame:
        """One row for each run, newest first: run_id, name, status, created (UTC), dataset, fingerprint, labels (list),
        archived, look, architecture, task, best_val_accuracy and test_accuracy (NaN where there is none).

        `more`: further columns, out of METRICS, FACTS (of which the rows of the texts are those to learn from), or the
        name of any parameter, as it is stored, "" where a run has none. Each costs as much as one of the first.
        """
        file = database_file(self.tracking_uri)
        names = tuple(dict.fromkeys((*ALWAYS, *PARAMETERS, *more)))
        if file is None:
            return self._by_search(names)
        runs_id = self._runs_id  # makes the tables if need be
        with (
            translated(self.place),
            closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=4.0)) as connection,
        ):
            query = (
                "SELECT run_uuid, name, start_time FROM runs WHERE experiment_id = ? AND lifecycle_stage = 'active' "
                "ORDER BY start_time DESC, run_uuid"
            )
            heads = connection.execute(query, (int(runs_id),)).fetchall()

            def facts(table: str, keys: Sequence[str]) -> Iterable[tuple[str, str, Any]]:
                value = "CASE is_nan WHEN 1 THEN NULL ELSE value END" if table == "latest_metrics" else "value"
                places = ", ".join("?" * len(keys))
                # The plus keeps SQLite from its index: a jump for each run and key costs more than to read them all.
                yield from connection.execute(
                    f"SELECT run_uuid, key, {value} FROM {table} WHERE +key IN ({places})", tuple(keys)
                )

            further = "SELECT run_uuid, key, value FROM tags WHERE key > 'data/0' AND key < 'data0'"
            pieces: dict[str, dict[str, str]] = {}
            for run_id, key, value in connection.execute(further):
                pieces.setdefault(run_id, {})[key] = value
            return _table(heads, facts, pieces, names)

    def stamp(self) -> tuple[int, ...]:
        """Changes whenever anything in a store on SQLite does; () of any other store."""
        file = database_file(self.tracking_uri)
        if file is None:
            return ()
        files = [path for path in (file, file.with_name(f"{file.name}-wal")) if path.exists()]
        return tuple(value for path in files for value in (path.stat().st_mtime_ns, path.stat().st_size))

    def _by_search(self, names: Sequence[str]) -> pd.DataFrame:
        """The same of any store, a thousand runs a page."""
        found: list[Any] = []
        newest, token = ["attributes.start_time DESC"], None
        while True:
            page = self._client.search_runs(
                [self._runs_id], "tags.status != ''", max_results=_PAGE, order_by=newest, page_token=token
            )
            found += page
            token = page.token
            if not token:
                break
        by_table = {"tags": "tags", "params": "params", "latest_metrics": "metrics"}

        def facts(table: str, keys: Sequence[str]) -> Iterable[tuple[str, str, Any]]:
            for run in found:
                there = getattr(run.data, by_table[table])
                yield from ((run.info.run_id, key, there[key]) for key in keys if key in there)

        heads = [(run.info.run_id, run.info.run_name, run.info.start_time) for run in found]
        return _table(heads, facts, {run.info.run_id: run.data.tags for run in found}, names)


def _table(
    heads: Sequence[tuple[str, str, int]],
    facts: Facts,
    pieces: Mapping[str, Mapping[str, str]],
    names: Sequence[str],
) -> pd.DataFrame:
    """The table out of single facts; `pieces` are the further tags of long records of data sets."""
    metrics = [name for name in names if name in METRICS]
    own = [name for name in names if name in FACTS and name != "rows"]
    settings = [name for name in names if name not in METRICS and name not in FACTS]
    tags = _columns(heads, facts("tags", [*_TAGS, _DATA, *own]), [*_TAGS, _DATA, *own])
    scores = _columns(heads, facts("latest_metrics", metrics), metrics)
    values = _columns(heads, facts("params", settings), settings)
    told = _records([run_id for run_id, _, _ in heads], tags[_DATA], pieces)

    def read(name: str) -> list[Any]:
        if name in METRICS:
            return [float("nan") if value is None else number(float(value)) for value in scores[name]]
        if name == "rows":
            return [one.get("rows", {}).get("train", 0) for one in told]
        if name in FACTS:
            usual = FACTS[name]
            kind: Callable[[Any], Any] = type(usual)
            return [kind(value or usual) for value in tags[name]]
        return [value or "" for value in values[name]]

    table: dict[str, Any] = {
        "run_id": [run_id for run_id, _, _ in heads],
        "name": [name for _, name, _ in heads],
        "status": tags["status"],
        "created": pd.to_datetime([began for _, _, began in heads], unit="ms", utc=True),
        "dataset": [one.get("name", "") for one in told],
        "fingerprint": [one.get("fingerprint", "") for one in told],
        "labels": [labels_of(value or "") for value in tags["labels"]],
        "archived": [is_archived(value or "") for value in tags["archived"]],
        "look": [look_of(run_id, look or "") for (run_id, _, _), look in zip(heads, tags["look"], strict=True)],
    }
    made = pd.DataFrame(table | {name: read(name) for name in names})
    ours = [bool(status) for status in tags["status"]]  # other programs may have put runs of theirs here
    return made if all(ours) else made[ours].reset_index(drop=True)


def _columns(
    heads: Sequence[tuple[str, str, int]], found: Iterable[tuple[str, str, Any]], keys: Iterable[str]
) -> dict[str, list[Any]]:
    """By key, the value of each run, None where it has none; equal texts are held once."""
    place = {run_id: number for number, (run_id, _, _) in enumerate(heads)}
    columns: dict[str, list[Any]] = {key: [None] * len(heads) for key in keys}
    held: dict[Any, Any] = {}
    for run_id, key, value in found:
        if run_id in place:  # what was deleted is kept by MLflow, out of sight
            columns[key][place[run_id]] = held.setdefault(value, value)
    return columns


def _records(
    ids: Sequence[str], first: Sequence[str | None], pieces: Mapping[str, Mapping[str, str]]
) -> list[dict[str, Any]]:
    """What each run's record says of its texts; thousands of runs share a few data sets, which are read once."""
    read: dict[str, dict[str, Any]] = {}
    made = []
    for run_id, value in zip(ids, first, strict=True):
        more = pieces.get(run_id)
        if more:
            made.append(_data(value or "{}", more))
        else:
            known = value or "{}"
            if known not in read:
                read[known] = _data(known, {})
            made.append(read[known])
    return made


def _data(first: str, more: Mapping[str, str]) -> dict[str, Any]:
    """What the run's record says of its texts; with very many classes it stands in several pieces."""
    try:
        return dict(json.loads(first))
    except ValueError:
        return dict(joined({**more, "data/0": first}, "data"))
