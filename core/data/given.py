"""What the command line calls DATA: a sample, a file, or several; its columns named or guessed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from core.data.columns import guess_columns
from core.data.dataset import Dataset
from core.data.readers import Options, Table, dataset_from_table, opening, read_files, require_two_columns
from core.data.samples import load_sample
from core.data.tagging.files import dataset_of_files, is_tagged
from core.errors import DataError
from core.messages import N_

SAMPLE, HUB = "sample:", "hub:"


class DifferentTasks(DataError):
    message = N_(
        "The texts and those of the test file are of different kinds: words with tags, and texts with labels. Give "
        "two files of the same kind."
    )


def read_dataset(
    data: str | Sequence[str],
    text: str | Sequence[str] | None = None,
    label: str | None = None,
    test: str | None = None,
    part: str | None = None,
    group: str | None = None,
    options: Options | None = None,
    labels_needed: bool = True,
) -> Dataset:
    """Files, or "sample:NAME", or "hub:NAME:CONFIG"; columns are guessed where they are not named.

    `test` is one more file, maybe with other columns; "part" then tells its rows from the others. Of tagged files,
    `text` is the column of the words and `label` that of the tags. Where no labels are needed, one column will do.
    """
    texts = [text] if isinstance(text, str) else list(text or ())

    def one(paths: Sequence[str]) -> Dataset:
        if len(paths) == 1 and paths[0].startswith(SAMPLE):
            return load_sample(paths[0].removeprefix(SAMPLE))
        if len(paths) == 1 and paths[0].startswith(HUB):
            from core.data.hub.loading import read_named

            return read_named(paths[0])
        if all(is_tagged(path, Path(path)) for path in paths):
            word, encoding = texts[0] if texts else None, options.encoding if options else None
            return dataset_of_files(_opened(paths), word, label, _name(paths), f"file: {', '.join(paths)}", encoding)
        table = read_paths(paths, options)
        if labels_needed:
            require_two_columns(table)
        columns = guess_columns(table.frame, texts, label, part, group)
        if len(table.frame.columns) == 1 and not labels_needed:
            return Dataset.build(table.frame[columns.text].tolist(), None, _name(paths), f"file: {table.filename}")
        return dataset_from_table(table.frame, columns, _name(paths), f"file: {table.filename}")

    dataset = one([data] if isinstance(data, str) else data)
    return dataset if test is None else _with_test(dataset, one([test]))


def read_paths(paths: Sequence[str], options: Options | None = None) -> Table:
    """One table from files on disk. Raises NoSuchFile, UnreadableFile, and what reading raises."""
    return read_files(_opened(paths), options)


def _opened(paths: Sequence[str]) -> list[tuple[bytes | Path, str]]:
    for path in paths:
        with opening(Path(path)), Path(path).open("rb"):
            pass
    return [(Path(path), Path(path).name) for path in paths]


def _with_test(dataset: Dataset, tested: Dataset) -> Dataset:
    """Both, with the part of each row; raises DifferentTasks."""
    if dataset.task != tested.task:
        raise DifferentTasks
    frame = pd.concat([dataset.frame, tested.frame], ignore_index=True).fillna("")
    parts = dataset.parts or ["train"] * len(dataset)
    ours = {column: frame[column].tolist() for column in ("group", "words", "tags") if column in frame}
    others = frame.drop(columns=["text", "label", *ours, *(["part"] if "part" in frame else [])])
    return Dataset.build(
        frame["text"].tolist(),
        frame["label"].tolist(),
        dataset.name,
        dataset.source,
        [*parts, *["test"] * len(tested)],
        others,
        **ours,
    )


def _name(paths: Sequence[str]) -> str:
    names = []
    for path in paths:
        name = Path(path).name
        for packed in (".gz", ".zip"):
            name = name.removesuffix(packed)
        names.append(Path(name).stem or name)
    return ", ".join(names)
