"""`predict`: which class texts belong to, for texts typed, piped or in a table."""

from __future__ import annotations

import difflib
import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from core.cli.data import how
from core.cli.find import find_run, open_store
from core.cli.output import percent, short, show_table, write_json
from core.data.readers import NoSuchColumn, Options, guess_columns, read_table
from core.errors import DataError
from core.evaluation.answers import answered, prediction_columns
from core.messages import N_

if TYPE_CHECKING:
    from core.insight.network import Network


class NothingToPredict(DataError):
    message = N_("There is no text to predict. Give one in quotes, or a file with --file.")


def run(options: Namespace) -> None:
    store = open_store()
    network = store.load_network(find_run(store, options.run).run_id)
    if options.file:
        answers = _from_file(network, options.file, options.text, how(options))
    else:
        texts = options.texts or _piped()
        if not texts:
            raise NothingToPredict
        answers = pd.DataFrame({"text": texts} | prediction_columns(network.predict(texts), network.class_names))
    if options.json:
        write_json(answers.to_dict(orient="records"), options.json)
    if options.out:
        _write(answers, options.out)
    elif options.file and options.json != "-":
        answers.to_csv(sys.stdout, index=False)
    elif options.json != "-":
        rows = ((row.predicted, percent(row.probability), short(row.text, 60)) for row in answers.itertuples())
        show_table(("class", "sure", "text"), rows, right=("sure",))


def _from_file(network: Network, file: str, column: str | None, reading: Options) -> pd.DataFrame:
    table = read_table(file, reading).frame
    column = column or guess_columns(table).text
    if column not in table:
        near = difflib.get_close_matches(column, table.columns, n=1, cutoff=0.0)
        raise NoSuchColumn(name=column, suggestion=near[0])
    return answered(table, column, network)


def _piped() -> list[str]:
    return [] if sys.stdin.isatty() else [line.rstrip("\r\n") for line in sys.stdin]


def _write(table: pd.DataFrame, out: Path) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    # The mark at the beginning makes spreadsheets read accents right.
    table.to_csv(out, index=False, sep="\t" if ".tsv" in out.suffixes else ",", encoding="utf-8-sig")
