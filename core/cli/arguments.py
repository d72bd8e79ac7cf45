"""What several commands are given, and the parser that reads it. Imports nothing heavy, so that help comes at once."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from core.cli.wording import DATA, JSON, REPAIR

WIDTH = 100


class Parser(argparse.ArgumentParser):
    """argparse with readable widths, errors of one line that say where help is, and help that may be computed late."""

    appendix: Callable[[], str] | None = None
    _between = False  # while what stands before, between and behind options is put together

    def __init__(self, **options: Any) -> None:
        super().__init__(**options | {"formatter_class": _Formatter})

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Also where options stand between what has no name: `continue RUN --epochs 2 more.csv`."""
        if self._between or self._subparsers is not None:
            return super().parse_known_args(args, namespace)
        self._between = True
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self._between = False

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"Error: {message}. See: {self.prog} --help\n")

    def format_help(self) -> str:
        return super().format_help() + ("\n" + self.appendix() if self.appendix else "")


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=28, width=WIDTH)


def positive(text: str) -> int:
    """A count that was typed; argparse tells the ArgumentTypeError of what is none."""
    if not text.isdecimal() or not 1 <= int(text) <= 50_000:  # MLflow's own limit
        raise argparse.ArgumentTypeError(f"a whole number from 1 to 50000 is needed, not “{text}”")
    return int(text)


def data_arguments(data: argparse._ActionsContainer, needed: bool = True) -> None:
    """Which texts, how they are read, and what is repaired."""
    data.add_argument("data", metavar="DATA", nargs="+" if needed else "*", help=DATA)
    data.add_argument(
        "--text",
        metavar="COLUMN",
        action="append",
        help="the column of the texts (default: guessed); of several, joined",
    )
    data.add_argument("--label", metavar="COLUMN", help="the column that holds the classes (default: guessed)")
    data.add_argument(
        "--part", metavar="COLUMN", help="the column that says train, validation or test (default: guessed)"
    )
    data.add_argument("--group", metavar="COLUMN", help="the column whose texts stay together, such as an author")
    data.add_argument("--test", metavar="FILE", help="texts to be judged on (default: a share of DATA is kept aside)")
    reading_arguments(data)
    data.add_argument("--repair", metavar="NAME", action="append", default=[], help=REPAIR)


def reading_arguments(group: argparse._ActionsContainer) -> None:
    """How files are read, where what is found out is not right."""
    group.add_argument("--encoding", metavar="NAME", help="such as utf-8, cp1252 or utf-16 (default: found out)")
    group.add_argument("--separator", metavar="SIGN", help="between columns: a sign, tab, or none (default: found out)")
    group.add_argument("--sheet", metavar="NAME", help="the sheet of a spreadsheet (default: guessed)")


def texts_and_parameters(train: Parser, needed: bool = True) -> None:
    """The texts of a training and how they are prepared; its help ends with all parameters."""
    train.appendix = _parameter_help
    data = train.add_argument_group("texts")
    data_arguments(data, needed)
    data.add_argument(
        "--preparation", metavar="FILE", type=Path, help="how texts are prepared and divided: the JSON that runs have"
    )


def network_arguments(train: Parser) -> argparse._ActionsContainer:
    """Kind, recipe and parameters; returns the group, for what only one command adds to it."""
    network = train.add_argument_group("network and training")
    network.add_argument("--architecture", metavar="NAME", default=None, help="kind of network (default: lstm)")
    network.add_argument("--recipe", metavar="NAME", default="recommended", help="where the parameters start from")
    network.add_argument(
        "--set", metavar="NAME=VALUE", action="append", default=[], help="change a parameter; may be given many times"
    )
    network.add_argument("--seed", type=int, metavar="N", help="the same seed gives the same network (default: 0)")
    return network


def result_arguments(train: Parser) -> None:
    """What becomes of a training."""
    result = train.add_argument_group("result")
    result.add_argument("--name", metavar="NAME", default="", help="what the training is called in lists")
    result.add_argument("--json", metavar="OUT", help=JSON)


def training_arguments(train: Parser, needed: bool = True) -> None:
    """All that a training of a network that answers is given."""
    texts_and_parameters(train, needed)
    network_arguments(train).add_argument(
        "--vectors", metavar="FILE", type=Path, help="word vectors to start from: .vec, GloVe, .bin (also .gz, .zip)"
    )
    result_arguments(train)


def _parameter_help() -> str:
    from core.cli.parameters import parameter_help

    return parameter_help(WIDTH)
