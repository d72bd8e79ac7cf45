"""DATA on the command line: what can be said of it, and reading it."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from core.data.readers import SEPARATORS, Options

if TYPE_CHECKING:
    from core.data.dataset import Dataset


def read(options: Namespace) -> Dataset:
    """The texts that the options of core.cli.parser name. Raises the DataErrors of core.data.readers."""
    from core.data.given import read_dataset

    return read_dataset(
        options.data,
        text=options.text,
        label=options.label,
        test=options.test,
        part=options.part,
        group=options.group,
        options=how(options),
    )


def how(options: Namespace) -> Options:
    """How files are to be read."""
    sign = options.separator
    return Options(options.encoding, SEPARATORS.get(sign, sign), sheet=options.sheet)
