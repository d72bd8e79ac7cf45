"""What can be typed, and the help for it. Imports nothing heavy, so that help comes at once."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

WIDTH = 100
DATA = """a table of texts and their classes: CSV, TSV, TXT, JSON, JSON Lines, Excel, ODS or Parquet, also as .gz or
.zip; a zip with a folder for each class; several files of the same columns; sample:NAME for a built-in one;
data:FINGERPRINT for texts that are stored already; hub:NAME or hub:NAME:CONFIG for a data set of the Hugging Face hub
(needs: pip install datasets) or a folder as the hub keeps it; or words with tags as CoNLL-U or .conll"""
RUN = "a training: its name, its id, or the first characters of its id (see: python -m core runs)"
JSON = "also write the result as JSON to this file (- for the screen, instead of the table)"

OVERVIEW = """\
Train a recurrent network on your own texts, see what it remembers word by word, and find out whether it
beats a plain average of word vectors. Trainings are kept, and the app shows them too.
"""

EXAMPLES = """\
examples:
  python -m core train sample:reviews_en
  python -m core train reviews.csv --text comment --label stars --architecture gru --set epochs=5
  python -m core runs
  python -m core predict RUN "a lovely film"
  python -m core trace RUN "a lovely film"
  python -m core generate-train poems.txt
  python -m core export RUN model.zip

help for one command:  python -m core train --help
"""

TRAIN = """\
Train a network on labelled texts, judge it on texts kept aside, and set it beside simpler things: the most frequent
class, the average of word vectors, and TF-IDF with logistic regression. Duplicates are removed first. Control-C stops
early and keeps the best network until then."""

TAG = """\
Train a network that tags each word of a sentence, such as its part of speech or whether it belongs to a name, judge it
on sentences kept aside, and set it beside simpler things: the most frequent tag, each word's most frequent tag, and
logistic regression on words and endings. DATA is CoNLL-U or .conll, one word a line with a blank line between two
sentences. All options of train apply."""

CONTINUE = """\
Train a network for longer: with another learning rate, or with more texts and classes, from where it stands. Its words
stay those of its first training. Texts that it was judged on never become texts to learn from, nor the other way
round."""

CHECK = """\
Say what is wrong with texts before anything is trained: each finding with its count, examples, what it does to a
result, and the repairs that --repair takes. Where many rows are copies, the score that they fake is measured beside the
honest one."""

REPAIR = """repair the texts first, by a name that check tells, such as duplicates or emails=[e-mail]; may be given many
times, and is done in that order"""

SWEEP = """\
Train the same network on the same texts, prepared in several ways, and see which way helps. The variants are compared
with the settings as they are, on the validation texts; the test texts are not looked at. All options of train apply;
the references are not trained."""

PREDICT = """\
Ask a trained network which class texts belong to, and how sure it is. With a file, the same table comes back with the
answers as additional columns."""

DATASETS = """\
List the texts that are stored, newest first. Each training names the fingerprint of its texts; train data:FINGERPRINT
uses them again."""

GENERATE_TRAIN = """\
Train a network that writes: it learns which word or letter comes next, and can then go on from nothing, from a
beginning or, where the texts have labels, by a label. Labels are not needed; a file with one text a line will do. It is
judged by its perplexity on texts kept aside, beside counts of neighbouring tokens, and by how much it copies.
--set tokens=characters writes letter by letter, which is better for names and other short texts."""

GENERATE = """\
Write texts with a network that generate-train trained. What is (nearly) copied from a training text is marked."""

TRACE = """\
See what a network remembers after each word of a text: how large its state is, and what it would answer if the text
ended there."""

EXPORT = """\
Save a network as a zip that works by itself: the Keras model, its words, its settings, a README and a small program,
predict.py. The zip is opened again and must give the same answers before it is kept."""


class _Parser(argparse.ArgumentParser):
    """argparse with readable widths, errors of one line that say where help is, and help that may be computed late."""

    appendix: Callable[[], str] | None = None

    def __init__(self, **options: Any) -> None:
        super().__init__(**options | {"formatter_class": _Formatter})

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"Error: {message}. See: {self.prog} --help\n")

    def format_help(self) -> str:
        return super().format_help() + ("\n" + self.appendix() if self.appendix else "")


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=28, width=WIDTH)


def parser() -> argparse.ArgumentParser:
    """The parser of `python -m core`; `command` of its result names the module of core.cli that does the work."""
    top = _Parser(prog="python -m core", description=OVERVIEW, epilog=EXAMPLES)
    commands = top.add_subparsers(title="commands", dest="command", metavar="COMMAND", required=True)

    def command(name: str, summary: str, description: str) -> _Parser:
        added = commands.add_parser(name, help=summary, description=textwrap.fill(description, WIDTH))
        added.set_defaults(command=name.replace("-", "_"))
        return added

    _train(command("train", "train a network on labelled texts", TRAIN))
    _train(command("tag", "train a network that tags words", TAG))
    _going_on(command("continue", "train a network for longer, also with more texts", CONTINUE))
    _check(command("check", "say what is wrong with texts, and repair it", CHECK))
    _sweep(command("sweep", "try several preparations on the same network", SWEEP))
    _predict(command("predict", "ask a trained network about texts", PREDICT))
    _trace(command("trace", "see what a network remembers, word by word", TRACE))
    _generate_train(command("generate-train", "train a network that writes texts", GENERATE_TRAIN))
    _generate(command("generate", "write texts with such a network", GENERATE))
    runs = command("runs", "list the trainings", "List the trainings, newest first.")
    runs.add_argument("--limit", type=_positive, default=50, metavar="N", help="how many at the most (default: 50)")
    runs.add_argument("--json", metavar="OUT", help=JSON)
    _datasets(command("datasets", "list the stored texts, or export some", DATASETS))
    export = command("export", "save a network as a zip that works by itself", EXPORT)
    export.add_argument("run", metavar="RUN", help=RUN)
    export.add_argument("out", metavar="OUT.zip", type=Path, help="the file to write")
    return top


def _train(train: _Parser) -> None:
    _parameters_and_texts(train)
    _network(train).add_argument(
        "--vectors", metavar="FILE", type=Path, help="word vectors to start from: .vec, GloVe, .bin (also .gz, .zip)"
    )
    _result(train)


def _parameters_and_texts(train: _Parser) -> None:
    train.appendix = _parameter_help
    data = train.add_argument_group("texts")
    _data(data)
    data.add_argument(
        "--preparation", metavar="FILE", type=Path, help="how texts are prepared and divided: the JSON that runs have"
    )


def _network(train: _Parser) -> argparse._ActionsContainer:
    network = train.add_argument_group("network and training")
    network.add_argument("--architecture", metavar="NAME", default=None, help="kind of network (default: lstm)")
    network.add_argument("--recipe", metavar="NAME", default="recommended", help="where the parameters start from")
    network.add_argument(
        "--set", metavar="NAME=VALUE", action="append", default=[], help="change a parameter; may be given many times"
    )
    network.add_argument("--seed", type=int, metavar="N", help="the same seed gives the same network (default: 0)")
    return network


def _result(train: _Parser) -> None:
    result = train.add_argument_group("result")
    result.add_argument("--name", metavar="NAME", default="", help="what the training is called in lists")
    result.add_argument("--json", metavar="OUT", help=JSON)


def _generate_train(train: _Parser) -> None:
    _parameters_and_texts(train)
    _network(train)
    _result(train)


def _generate(generate: _Parser) -> None:
    generate.add_argument("run", metavar="RUN", help=RUN)
    generate.add_argument("--label", metavar="LABEL", help="what kind of text (default: the first of its labels)")
    generate.add_argument("--start", metavar="TEXT", default="", help="how the texts begin (default: from nothing)")
    generate.add_argument(
        "--temperature", metavar="T", help="0: always the likeliest token; 1: as often as believed (default: 0.8)"
    )
    generate.add_argument("--top-k", metavar="K", help="draw among the K likeliest tokens only (default: 0, all)")
    generate.add_argument("--longest", metavar="N", help="cut off after so many tokens (default: 200)")
    generate.add_argument("--seed", metavar="N", help="the same seed writes the same texts (default: 0)")
    generate.add_argument("--count", type=_positive, default=1, metavar="N", help="how many texts (default: 1)")
    generate.add_argument("--next", action="store_true", help="show each token's probability and the likeliest ones")
    generate.add_argument("--json", metavar="OUT", help=JSON)


def _going_on(more: _Parser) -> None:
    more.set_defaults(command="going_on")  # the module; a file cannot be called as the command is
    more.add_argument("run", metavar="RUN", help=RUN)
    texts = more.add_argument_group("other texts")
    _data(texts, needed=False)
    texts.add_argument("--alone", action="store_true", help="leave out the texts until now (default: learn from both)")
    more.add_argument("--epochs", type=_positive, default=5, metavar="N", help="how many more (default: 5)")
    more.add_argument("--learning-rate", type=float, metavar="RATE", help="another one than until now")
    more.add_argument("--json", metavar="OUT", help=JSON)


def _check(check: _Parser) -> None:
    _data(check)
    check.add_argument("--out", metavar="OUT", type=Path, help="write the repaired texts to this CSV or Parquet file")
    check.add_argument("--json", metavar="OUT", help=JSON)


def _data(data: argparse._ActionsContainer, needed: bool = True) -> None:
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
    _reading(data)
    data.add_argument("--repair", metavar="NAME", action="append", default=[], help=REPAIR)


def _sweep(sweep: _Parser) -> None:
    _train(sweep)
    tried = sweep.add_argument_group("what is tried")
    tried.add_argument(
        "--vary", metavar="NAME=VALUES", action="append", required=True,
        help="values of a parameter of the texts, one variant for each: sequence_length=25,50,100 or "
        "cleaning=-lowercase (without a step; + adds one; give --vary once for each); may be given many times",
    )  # fmt: skip
    tried.add_argument("--grid", action="store_true", help="every combination (default: one change at a time)")


def _reading(group: argparse._ActionsContainer) -> None:
    """How files are read, where what is found out is not right."""
    group.add_argument("--encoding", metavar="NAME", help="such as utf-8, cp1252 or utf-16 (default: found out)")
    group.add_argument("--separator", metavar="SIGN", help="between columns: a sign, tab, or none (default: found out)")
    group.add_argument("--sheet", metavar="NAME", help="the sheet of a spreadsheet (default: guessed)")


def _predict(predict: _Parser) -> None:
    predict.add_argument("run", metavar="RUN", help=RUN)
    predict.add_argument("texts", metavar="TEXT", nargs="*", help="texts (default: one a line from standard input)")
    predict.add_argument("--file", metavar="IN", help="a table of texts, in any format that train reads")
    predict.add_argument("--text", metavar="COLUMN", help="the column of IN that holds the texts (default: guessed)")
    _reading(predict)
    predict.add_argument("--out", metavar="OUT", type=Path, help="where to write the table (default: the screen)")
    predict.add_argument("--json", metavar="OUT", help=JSON)


def _datasets(datasets: _Parser) -> None:
    datasets.add_argument("--limit", type=_positive, default=50, metavar="N", help="how many at the most (default: 50)")
    datasets.add_argument(
        "--export", nargs=2, metavar=("FINGERPRINT", "OUT"), help="write one to a CSV or Parquet file, as it stands"
    )
    datasets.add_argument("--json", metavar="OUT", help=JSON)


def _trace(trace: _Parser) -> None:
    trace.add_argument("run", metavar="RUN", help=RUN)
    trace.add_argument("text", metavar="TEXT", help="one text, in quotes")
    trace.add_argument("--json", metavar="OUT", help=JSON + "; holds the states of every unit, too")


def _positive(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 50_000:  # MLflow's own limit
        raise argparse.ArgumentTypeError(f"a whole number from 1 to 50000 is needed, not “{text}”")
    return int(text)


def _parameter_help() -> str:
    from core.cli.parameters import parameter_help

    return parameter_help(WIDTH)
