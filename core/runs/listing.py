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
_CACHE = "PRAGMA cache_size = -32000"  # 32 MB: with SQLite's usual 2 MB, the same pages are read again and again
_PAGE = 1_000  # runs that MLflow returns at once

Column = Callable[[str, str], Mapping[str, Any]]  # "tags", "params" or "latest_metrics", and a key: values by run id


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
            connection.execute(_CACHE)
            query = (
                "SELECT run_uuid, name, start_time FROM runs WHERE experiment_id = ? AND lifecycle_stage = 'active' "
                "ORDER BY start_time DESC, run_uuid"
            )
            heads = connection.execute(query, (int(runs_id),)).fetchall()

            def column(table: str, key: str) -> Mapping[str, Any]:
                value = "CASE is_nan WHEN 1 THEN NULL ELSE value END" if table == "latest_metrics" else "value"
                return dict(connection.execute(f"SELECT run_uuid, {value} FROM {table} WHERE key = ?", (key,)))

            further = "SELECT run_uuid, key, value FROM tags WHERE key > 'data/0' AND key < 'data0'"
            pieces: dict[str, dict[str, str]] = {}
            for run_id, key, value in connection.execute(further):
                pieces.setdefault(run_id, {})[key] = value
            return _table(heads, column, pieces, names)

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

        def column(table: str, key: str) -> Mapping[str, Any]:
            kept = ((run.info.run_id, getattr(run.data, by_table[table]).get(key)) for run in found)
            return {run_id: value for run_id, value in kept if value is not None}

        heads = [(run.info.run_id, run.info.run_name, run.info.start_time) for run in found]
        return _table(heads, column, {run.info.run_id: run.data.tags for run in found}, names)


def _table(
    heads: Sequence[tuple[str, str, int]],
    column: Column,
    pieces: Mapping[str, Mapping[str, str]],
    names: Sequence[str],
) -> pd.DataFrame:
    """The table out of single columns; `pieces` are the further tags of long records of data sets."""
    tags = {name: column("tags", name) for name in _TAGS}
    heads = [head for head in heads if tags["status"].get(head[0])]  # of other programs, if they have put some here
    ids = [run_id for run_id, _, _ in heads]
    data = column("tags", "data/0")
    told = [_data(data.get(run_id, "{}"), pieces.get(run_id, {})) for run_id in ids]

    def read(name: str) -> list[Any]:
        if name in METRICS:
            found = column("latest_metrics", name)
            values = (found.get(run_id) for run_id in ids)
            return [float("nan") if value is None else number(float(value)) for value in values]
        if name == "rows":
            return [one.get("rows", {}).get("train", 0) for one in told]
        if name in FACTS:
            usual, found = FACTS[name], column("tags", name)
            kind: Callable[[Any], Any] = type(usual)
            return [kind(found.get(run_id) or usual) for run_id in ids]
        found = column("params", name)
        return [found.get(run_id, "") for run_id in ids]

    looks = tags["look"]
    table: dict[str, Any] = {
        "run_id": ids,
        "name": [name for _, name, _ in heads],
        "status": [tags["status"][run_id] for run_id in ids],
        "created": pd.to_datetime([began for _, _, began in heads], unit="ms", utc=True),
        "dataset": [one.get("name", "") for one in told],
        "fingerprint": [one.get("fingerprint", "") for one in told],
        "labels": [labels_of(tags["labels"].get(run_id, "")) for run_id in ids],
        "archived": [is_archived(tags["archived"].get(run_id, "")) for run_id in ids],
        "look": [look_of(run_id, looks.get(run_id, "")) for run_id in ids],
    }
    return pd.DataFrame(table | {name: read(name) for name in names})


def _data(first: str, more: Mapping[str, str]) -> dict[str, Any]:
    """What the run's record says of its texts; with very many classes it stands in several pieces."""
    try:
        return dict(json.loads(first))
    except ValueError:
        return dict(joined({**more, "data/0": first}, "data"))
