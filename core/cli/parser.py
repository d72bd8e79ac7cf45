"""What can be typed, and the help for it. Imports nothing heavy, so that help comes at once."""

from __future__ import annotations

import argparse
import textwrap
from pathlib import Path

from core.cli.arguments import (
    WIDTH,
    Parser,
    data_arguments,
    network_arguments,
    positive,
    reading_arguments,
    result_arguments,
    texts_and_parameters,
    training_arguments,
)
from core.cli.wording import (
    CHECK,
    COMPARE,
    CONTINUE,
    DATASETS,
    EXAMPLES,
    EXPORT,
    GENERATE,
    GENERATE_TRAIN,
    JSON,
    OVERVIEW,
    PREDICT,
    REPORT,
    RUN,
    SEARCH,
    SWEEP,
    TAG,
    TRACE,
    TRAIN,
)


def parser() -> argparse.ArgumentParser:
    """The parser of `python -m core`; `command` of its result names the module of core.cli that does the work."""
    top = Parser(prog="python -m core", description=OVERVIEW, epilog=EXAMPLES)
    commands = top.add_subparsers(title="commands", dest="command", metavar="COMMAND", required=True)

    def command(name: str, summary: str, description: str) -> Parser:
        added = commands.add_parser(name, help=summary, description=textwrap.fill(description, WIDTH))
        added.set_defaults(command=name.replace("-", "_"))
        return added

    training_arguments(command("train", "train a network on labelled texts", TRAIN))
    training_arguments(command("tag", "train a network that tags words", TAG))
    _going_on(command("continue", "train a network for longer, also with more texts", CONTINUE))
    _check(command("check", "say what is wrong with texts, and repair it", CHECK))
    _sweep(command("sweep", "try several preparations on the same network", SWEEP))
    _search(command("search", "look for better settings", SEARCH))
    _compare(command("compare", "say which of several trainings is better", COMPARE))
    _predict(command("predict", "ask a trained network about texts", PREDICT))
    _trace(command("trace", "see what a network remembers, word by word", TRACE))
    _generate_train(command("generate-train", "train a network that writes texts", GENERATE_TRAIN))
    _generate(command("generate", "write texts with such a network", GENERATE))
    runs = command("runs", "list the trainings", "List the trainings, newest first.")
    runs.add_argument("--limit", type=positive, default=50, metavar="N", help="how many at the most (default: 50)")
    runs.add_argument("--archived", action="store_true", help="also those that were put into the archive")
    runs.add_argument(
        "--store", action="store_true", help="only print where they are kept, for: mlflow ui --backend-store-uri"
    )
    runs.add_argument("--json", metavar="OUT", help=JSON)
    _datasets(command("datasets", "list the stored texts, or export some", DATASETS))
    export = command("export", "save a network as a zip that works by itself", EXPORT)
    export.add_argument("run", metavar="RUN", help=RUN)
    export.add_argument("out", metavar="OUT.zip", type=Path, help="the file to write")
    report = command("report", "write a training, or several, into one HTML file", REPORT)
    report.set_defaults(command="reporting")  # the module; what train has to say is in core.cli.report
    report.add_argument("runs", metavar="RUN", nargs="+", help=RUN)
    report.add_argument("--out", metavar="OUT", type=Path, required=True, help="a file .html, or .md for a model card")
    report.add_argument("--without-texts", action="store_true", help="leave out test texts as examples")
    return top


def _generate_train(train: Parser) -> None:
    texts_and_parameters(train)
    network_arguments(train)
    result_arguments(train)


def _generate(generate: Parser) -> None:
    generate.add_argument("run", metavar="RUN", help=RUN)
    generate.add_argument("--label", metavar="LABEL", help="what kind of text (default: the first of its labels)")
    generate.add_argument("--start", metavar="TEXT", default="", help="how the texts begin (default: from nothing)")
    generate.add_argument(
        "--temperature", metavar="T", help="0: always the likeliest token; 1: as often as believed (default: 0.8)"
    )
    generate.add_argument("--top-k", metavar="K", help="draw among the K likeliest tokens only (default: 0, all)")
    generate.add_argument("--longest", metavar="N", help="cut off after so many tokens (default: 200)")
    generate.add_argument("--seed", metavar="N", help="the same seed writes the same texts (default: 0)")
    generate.add_argument("--count", type=positive, default=1, metavar="N", help="how many texts (default: 1)")
    generate.add_argument("--next", action="store_true", help="show each token's probability and the likeliest ones")
    generate.add_argument("--json", metavar="OUT", help=JSON)


def _going_on(more: Parser) -> None:
    more.set_defaults(command="going_on")  # the module; a file cannot be called as the command is
    more.add_argument("run", metavar="RUN", help=RUN)
    texts = more.add_argument_group("other texts")
    data_arguments(texts, needed=False)
    texts.add_argument("--alone", action="store_true", help="leave out the texts until now (default: learn from both)")
    more.add_argument("--epochs", type=positive, default=5, metavar="N", help="how many more (default: 5)")
    more.add_argument("--learning-rate", type=float, metavar="RATE", help="another one than until now")
    more.add_argument("--json", metavar="OUT", help=JSON)


def _check(check: Parser) -> None:
    data_arguments(check)
    check.add_argument("--out", metavar="OUT", type=Path, help="write the repaired texts to this CSV or Parquet file")
    check.add_argument("--json", metavar="OUT", help=JSON)


def _sweep(sweep: Parser) -> None:
    training_arguments(sweep)
    tried = sweep.add_argument_group("what is tried")
    tried.add_argument(
        "--vary", metavar="NAME=VALUES", action="append", required=True,
        help="values of a parameter of the texts, one variant for each: sequence_length=25,50,100 or "
        "cleaning=-lowercase (without a step; + adds one; give --vary once for each); may be given many times",
    )  # fmt: skip
    tried.add_argument("--grid", action="store_true", help="every combination (default: one change at a time)")


def _compare(compare: Parser) -> None:
    training_arguments(compare)
    trained = compare.add_argument_group("trainings, given by name or id instead of DATA")
    trained.add_argument(
        "--against", metavar="NAME",
        help="a training among them, or a simpler method such as pooling (default: of two, the second; else pooling)",
    )  # fmt: skip
    trained.add_argument("--all", action="store_true", help="set all simpler methods beside them, not pooling alone")
    whole = compare.add_argument_group("the whole comparison, of DATA")
    whole.add_argument("--write", action="store_true", help="networks that learn to write such texts, beside counts")
    whole.add_argument("--seeds", type=positive, default=3, metavar="N", help="trainings of each (default: 3)")


def _search(search: Parser) -> None:
    training_arguments(search, needed=False)
    tried = search.add_argument_group("what is searched")
    tried.add_argument(
        "--try", dest="ranges", metavar="NAME=VALUES", action="append", default=[],
        help="units=16..128, architecture=lstm,gru, cleaning=as it is,-lowercase, or a NAME alone for a usual range; "
        "may be given many times (default: learning rate, units and two dropouts)",
    )  # fmt: skip
    tried.add_argument("--trials", type=positive, default=0, metavar="N", help="how many trainings at the most")
    tried.add_argument(
        "--minutes", type=float, default=0.0, metavar="M", help="how long (default: 20, without --trials)"
    )
    tried.add_argument("--resume", metavar="ID", help="go on with a search, with more --trials or --minutes if given")


def _predict(predict: Parser) -> None:
    predict.add_argument("run", metavar="RUN", help=RUN)
    predict.add_argument("texts", metavar="TEXT", nargs="*", help="texts (default: one a line from standard input)")
    predict.add_argument("--file", metavar="IN", help="a table of texts, in any format that train reads")
    predict.add_argument("--text", metavar="COLUMN", help="the column of IN that holds the texts (default: guessed)")
    reading_arguments(predict)
    predict.add_argument("--out", metavar="OUT", type=Path, help="where to write the table (default: the screen)")
    predict.add_argument("--json", metavar="OUT", help=JSON)


def _datasets(datasets: Parser) -> None:
    datasets.add_argument("--limit", type=positive, default=50, metavar="N", help="how many at the most (default: 50)")
    datasets.add_argument(
        "--export", nargs=2, metavar=("FINGERPRINT", "OUT"), help="write one to a CSV or Parquet file, as it stands"
    )
    datasets.add_argument("--json", metavar="OUT", help=JSON)


def _trace(trace: Parser) -> None:
    trace.add_argument("run", metavar="RUN", help=RUN)
    trace.add_argument("text", metavar="TEXT", help="one text, in quotes")
    trace.add_argument("--json", metavar="OUT", help=JSON + "; holds the states of every unit, too")
