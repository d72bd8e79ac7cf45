"""`datasets`: the list of stored data sets, newest first; or one of them, written to a file as it stands."""

from __future__ import annotations

import dataclasses
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.cli.find import find_dataset, open_store
from core.cli.output import say, short, show_table, write_json

if TYPE_CHECKING:
    from core.runs.datasets import DatasetEntry

HEADS = ("fingerprint", "name", "rows", "classes", "source", "licence", "stored (UTC)")


def run(options: Namespace) -> None:
    if options.export:
        _export(*options.export)
        return
    entries = open_store().datasets(limit=options.limit)
    if options.json:
        write_json([_content(entry) for entry in entries], options.json)
    if options.json == "-":
        return
    if not entries:
        say("No texts are stored yet. Those that are trained on are kept: python -m core train sample:reviews_en")
        return
    show_table(HEADS, [_row(entry) for entry in entries], right=("rows", "classes"))
    print("\nTrain on one of them:  python -m core train data:FINGERPRINT")


def _row(entry: DatasetEntry) -> tuple[str, ...]:
    return (
        entry.fingerprint,
        short(entry.name, 30),
        f"{entry.rows:,}",
        str(len(entry.class_names)),
        short(entry.source, 30),
        short(entry.licence, 20),
        f"{entry.created:%Y-%m-%d %H:%M}",
    )


def _content(entry: DatasetEntry) -> dict[str, Any]:
    return dataclasses.asdict(entry) | {"created": entry.created.isoformat()}


def _export(wanted: str, out: str) -> None:
    """CSV or Parquet by the file's suffix; large data sets go through in pieces."""
    from core.data.large import export

    store, path = open_store(), Path(out)
    entry = find_dataset(store, wanted)
    path.parent.mkdir(parents=True, exist_ok=True)
    with store.dataset_file(entry.fingerprint) as file:
        export(file, path)
    print(f"{path} is ready: {entry.rows:,} rows of “{entry.name}”.")
