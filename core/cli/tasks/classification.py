"""Classifiers on the command line: which class texts belong to, and what is remembered after each word."""

from __future__ import annotations

import difflib
import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from core.cli.data import how
from core.cli.output import percent, piped, short, show_table, write_json
from core.data.readers import NoSuchColumn, Options, guess_columns, read_table
from core.errors import DataError
from core.evaluation.answers import answered, prediction_columns
from core.messages import N_

if TYPE_CHECKING:
    from core.evaluation.answering import Answering
    from core.insight.network import Network, Trace

BAR = 20  # characters of the longest bar


class NothingToPredict(DataError):
    message = N_("There is no text to predict. Give one in quotes, or a file with --file.")


def predict(network: Network, options: Namespace, answering: Answering) -> None:
    """Texts typed, piped or in a table."""
    if options.file:
        answers = _from_file(network, options.file, options.text, how(options), answering)
    else:
        texts = options.texts or piped()
        if not texts:
            raise NothingToPredict
        told = prediction_columns(network.predict(texts), network.class_names, answering)
        answers = pd.DataFrame({"text": texts} | told)
    if options.json:
        write_json(answers.to_dict(orient="records"), options.json)
    if options.out:
        _write(answers, options.out)
    elif options.file and options.json != "-":
        answers.to_csv(sys.stdout, index=False)
    elif options.json != "-":
        rows = ((row.predicted, percent(row.probability), short(row.text, 60)) for row in answers.itertuples())
        show_table(("class", "sure", "text"), rows, right=("sure",))


def _from_file(network: Network, file: str, column: str | None, reading: Options, answering: Answering) -> pd.DataFrame:
    table = read_table(file, reading).frame
    column = column or guess_columns(table).text
    if column not in table:
        near = difflib.get_close_matches(column, table.columns, n=1, cutoff=0.0)
        raise NoSuchColumn(name=column, suggestion=near[0])
    return answered(table, column, network, answering)


def _write(table: pd.DataFrame, out: Path) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    # The mark at the beginning makes spreadsheets read accents right.
    table.to_csv(out, index=False, sep="\t" if ".tsv" in out.suffixes else ",", encoding="utf-8-sig")


def trace(run_id: str, network: Network, options: Namespace) -> None:
    """One text, word by word."""
    found = network.trace(options.text)
    if options.json:
        write_json({"run_id": run_id, "text": options.text} | _content(network, found), options.json)
    if options.json != "-":
        _show(network, found)


def _content(network: Network, trace: Trace) -> dict[str, Any]:
    """The whole trace as lists; the steps of states, norms and verdicts are the tokens that were `seen`, in order."""
    return {
        "classes": list(network.class_names),
        "tokens": [vars(token) for token in trace.tokens],
        "norms": trace.norms.tolist(),
        "verdicts": trace.verdicts.tolist(),
        "states": {name: values.tolist() for name, values in trace.states.items()},
        "probabilities": dict(zip(network.class_names, trace.probabilities.tolist(), strict=True)),
    } | ({} if trace.attention is None else {"attention": trace.attention.tolist()})


def _show(network: Network, trace: Trace) -> None:
    steps = iter(zip(trace.norms, trace.verdicts, strict=True))
    longest = max(float(trace.norms.max(initial=0.0)), 1e-9)
    rows = []
    for token in trace.tokens:
        word = short(token.text) + ("" if token.known else " (unknown)")
        if not token.seen:
            rows.append((word, "", "", "cut away", ""))
            continue
        norm, verdict = next(steps)
        best = int(verdict.argmax())
        bar = "█" * round(BAR * float(norm) / longest)
        rows.append((word, f"{norm:.2f}", bar, network.class_names[best], percent(float(verdict[best]))))
    show_table(("word", "memory", "", "answer if it ended here", "sure"), rows, right=("memory", "sure"))
    best = int(trace.probabilities.argmax())
    print(f"\nAnswer: {network.class_names[best]}, {percent(float(trace.probabilities[best]))}")
