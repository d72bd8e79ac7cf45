"""Data sets of the Hugging Face hub by their names, with the `datasets` library where it is installed.

Rows are streamed and never more than `limit` of them, so that a data set of any size can be looked at. Only names are
sent. Programs that come with a data set are not run.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from core.data.choosing import dataset_from_table
from core.data.columns import Columns, guess_columns
from core.data.dataset import LARGE, Dataset
from core.data.hub.errors import HubNotInstalled, NoSuchHubDataset, NoSuchHubSplit, explained
from core.data.hub.rows import (
    Watched,
    class_names,
    frame_of,
    some_rows,
    tagged_of,
    without_pictures,
    words_and_tags,
)
from core.data.parts import part_named
from core.data.tagging.columns import guess_tag_columns
from core.data.tagging.dataset import tagged_dataset
from core.data.tagging.table import TaggedTable

Split = tuple[Any, int | None]  # a stream of rows, and how many they are

PREFIX = "hub:"
PART = "hub split"  # a column of ours, which tells the splits apart
_SECONDS = 15.0  # for the first answer

# The library counts its users unless told not to.
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"


@dataclass(frozen=True)
class HubTable:
    """Rows of a data set, all cells str. part: the column that tells its splits apart, if there is more than one.

    label: the column whose numbers stand for classes, if there is one. tagged: set instead where rows are sentences of
    tagged words. licence: as its card says, "" if it does not. cut: whether there are more rows than these.
    """

    frame: pd.DataFrame
    name: str
    config: str
    part: str | None
    label: str | None
    tagged: TaggedTable | None
    licence: str
    cut: bool

    @property
    def source(self) -> str:
        return f"{PREFIX}{self.name}" + (f":{self.config}" if self.config else "")

    def columns(self) -> Columns:
        """The likely columns of texts, labels and parts."""
        return guess_columns(self.frame, label=self.label, part=self.part)

    def dataset(self, columns: Columns | None = None) -> Dataset:
        """The data set with the columns that are guessed, or others; raises what `dataset_from_table` raises."""
        if self.tagged is not None:
            guess = guess_tag_columns(self.tagged)
            made = tagged_dataset(self.tagged, guess.word, guess.tag, self.name, self.source).dataset
        else:
            made = dataset_from_table(self.frame, columns or self.columns(), self.name, self.source)
        return replace(made, licence=self.licence)


def read_named(data: str) -> Dataset:
    """What the command line calls hub:NAME or hub:NAME:CONFIG; a folder on this computer is a name, too."""
    name, _, config = data.removeprefix(PREFIX).partition(":")
    return read_hub(name, config, limit=1_000_000, folders=True).dataset()


def read_hub(
    name: str,
    config: str = "",
    split: str = "",
    *,
    limit: int = LARGE,
    folders: bool = False,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> HubTable:
    """The rows of a data set: of the split that is named, else of all that are called training, validation and test.

    `folders`: whether the name may be a folder on this computer, of files or as `save_to_disk` writes it. progress:
    told of (rows done, rows in all). Raises the errors of core.data.hub.errors, or ReadingStopped.
    """
    name, config, split = name.strip().rstrip("/"), config.strip(), split.strip()
    if "://" in name:  # the address of its page
        name = name.partition("/datasets/")[2]
    try:
        import datasets
    except ImportError:
        raise HubNotInstalled from None
    datasets.disable_progress_bars()
    local = folders and Path(name).is_dir()
    if not name or (not local and Path(name).exists()):
        # A file of that name where the program was started would be read instead.
        raise NoSuchHubDataset(name=name)
    with explained(name):
        licence = _licence(name, local)
        chosen = _chosen(name, split, _streams(name, config, local))
        names = class_names(next(iter(chosen.values()))[0].features)
        rows: list[dict[str, Any]] = []
        cut, left = False, limit
        total = sum(known or 0 for _, known in chosen.values())
        # The smallest first: what they leave of the limit is for the others.
        for place, key in enumerate(sorted(chosen, key=lambda key: chosen[key][1] or limit)):
            stream, known = chosen[key]
            share = left // (len(chosen) - place)
            watched = Watched(stream, name, len(rows), min(total, limit), progress, cancelled)
            some, more = some_rows(watched, share, known)
            rows += [{**row, PART: part_named(key) or key} for row in some] if len(chosen) > 1 else some
            cut, left = cut or more, left - len(some)
    table = HubTable(pd.DataFrame(), name, config, PART if len(chosen) > 1 else None, None, None, licence, cut)
    return _filled(table, rows, names)


def _filled(table: HubTable, rows: list[dict[str, Any]], names: dict[str, list[str]]) -> HubTable:
    found = words_and_tags(rows[0]) if rows else None
    if found:
        tagged = tagged_of(rows, *found, names, table.name)
        return replace(table, tagged=replace(tagged, part=table.part))
    label = [name for name in names if rows and not isinstance(rows[0].get(name), list)]
    return replace(table, frame=frame_of(rows, names), label=label[0] if len(label) == 1 else None)


def _streams(name: str, config: str, local: bool) -> dict[str, Split]:
    """A stream of rows for each split, and how many there are if that is known."""
    import datasets

    if local and any((Path(name) / file).exists() for file in ("state.json", "dataset_dict.json")):
        saved = datasets.load_from_disk(name)
        parts = saved if isinstance(saved, dict) else {saved.split or "train": saved}
        return {str(key): (without_pictures(part.to_iterable_dataset()), len(part)) for key, part in parts.items()}
    builder = datasets.load_dataset_builder(name, config or None)
    told = builder.info.splits or {}
    return {
        str(key): (without_pictures(stream), told[key].num_examples if key in told else None)
        for key, stream in builder.as_streaming_dataset().items()
    }


def _chosen(name: str, split: str, splits: dict[str, Split]) -> dict[str, Split]:
    if split and split not in splits:
        raise NoSuchHubSplit(name=name, split=split, splits=", ".join(splits))
    usual = [key for key in splits if part_named(key)]
    return {key: splits[key] for key in ([split] if split else usual or list(splits)[:1])}


def _licence(name: str, local: bool) -> str:
    """As the data set's card says. For the hub, this is also the first look whether it is there: it fails at once."""
    import huggingface_hub

    told: Any = None
    if local:
        with contextlib.suppress(Exception):  # a folder need not have a card
            told = huggingface_hub.DatasetCard.load(Path(name) / "README.md").data.license
    else:
        card = huggingface_hub.HfApi().dataset_info(name, timeout=_SECONDS).card_data
        told = card.license if card else None
    return ", ".join(map(str, told)) if isinstance(told, list) else str(told or "")
