"""DATA on the command line: what can be said of it, and reading it."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from core.cli.find import find_dataset, open_store
from core.data.readers import SEPARATORS, Options

if TYPE_CHECKING:
    from core.data.dataset import Dataset

STORED = "data:"  # before the fingerprint of a stored data set


def read(options: Namespace, labels_needed: bool = True) -> Dataset:
    """The texts that the options of core.cli.parser name, repaired as they say.

    Raises the DataErrors of core.data.readers, and NoSuchRepair before a large file is read.
    """
    from core.data.quality import find_repair, repaired

    for name in options.repair:
        find_repair(name)
    return repaired(as_given(options, labels_needed), options.repair)


def as_given(options: Namespace, labels_needed: bool = True) -> Dataset:
    """The same, before any repair."""
    from core.data.given import read_dataset

    if len(options.data) == 1 and options.data[0].startswith(STORED):
        store = open_store()
        return store.load_dataset(find_dataset(store, options.data[0].removeprefix(STORED)).fingerprint)
    return read_dataset(
        options.data,
        text=options.text,
        label=options.label,
        test=options.test,
        part=options.part,
        group=options.group,
        options=how(options),
        labels_needed=labels_needed,
    )


def how(options: Namespace) -> Options:
    """How files are to be read."""
    sign = options.separator
    return Options(options.encoding, SEPARATORS.get(sign, sign), sheet=options.sheet)
