"""A tagger's mistakes, read in their sentences."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from core.evaluation.evaluate import Evaluation
from core.evaluation.tagging.scores import sentence_numbers
from core.runs.records import Run
from dashboard.ui.evaluating import cell
from dashboard.ui.i18n import _, ngettext, percent
from dashboard.ui.problems import plain

_MOST_ROWS, _MOST_SENTENCES, _AROUND = 200, 12, 6


def confusions(run: Run, evaluation: Evaluation) -> None:
    """The confusion matrix of tags, and the words of the cell that was clicked or chosen, with what stands around."""
    table = evaluation.predictions
    true, answer = cell.chosen(
        run,
        evaluation,
        _("Rows: the true tag. Columns: the answer. Everything off the diagonal is a mistake. Click a cell, or choose "
          "it here, to read its words."),
        _("True tag"),
        _("Answer"),
    )  # fmt: skip
    places = np.flatnonzero((table["label"] == true) & (table["predicted"] == answer))
    st.write(
        plain(
            ngettext("{count} word with the tag “{true}” was tagged “{answer}”, of {words} with that tag.",
                     "{count} words with the tag “{true}” were tagged “{answer}”, of {words} with that tag.",
                     len(places), true=true, answer=answer, words=int((table["label"] == true).sum()))
        )
    )  # fmt: skip
    if len(places):
        _words(table, places)


def _words(table: pd.DataFrame, places: np.ndarray) -> None:
    words, number = table["text"].tolist(), sentence_numbers(table)
    rows = []
    for place in places[np.argsort(-table["probability"].to_numpy()[places], kind="stable")][:_MOST_ROWS]:
        near = [other for other in range(place - _AROUND, place + _AROUND + 1)
                if 0 <= other < len(words) and number[other] == number[place]]  # fmt: skip
        rows.append(
            {
                _("Word"): words[place],
                _("In its sentence"): " ".join(words[other] for other in near),
                _("How sure"): float(table["probability"].iloc[place]),
            }
        )
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        column_config={
            _("In its sentence"): st.column_config.TextColumn(width="large"),
            _("How sure"): st.column_config.ProgressColumn(format="percent", min_value=0, max_value=1),
        },
    )


def sentences(evaluation: Evaluation) -> None:
    """The sentences with the mistakes that the network was most sure of, these marked."""
    table = evaluation.predictions
    wrong = (table["label"] != table["predicted"]).to_numpy()
    if not wrong.any():
        st.write(_("Every word of the test sentences was tagged rightly."))
        return
    number = sentence_numbers(table)
    st.caption(
        _("The sentences with the wrong tags that the network was most sure of: after each wrong word its answer, how "
          "sure it was, and the tag that the data give. Odd tags of the data show up here, too. {wrong} of {words} "
          "words are wrong in all.", wrong=int(wrong.sum()), words=len(table))
    )  # fmt: skip
    sure = pd.Series(np.where(wrong, table["probability"], 0)).groupby(number).max()
    for sentence in sure.sort_values(ascending=False, kind="stable").index[:_MOST_SENTENCES]:
        rows = table[number == sentence]
        st.markdown(" ".join(_word(*row) for row in rows[["text", "label", "predicted", "probability"]].to_numpy()))


def _word(word: str, true: str, answered: str, sure: float) -> str:
    if true == answered:
        return plain(word)
    said = _("{answer} {sure}, given {true}", answer=answered, sure=percent(sure, 0), true=true)
    return f":orange-background[{plain(word)} :small[**{plain(said)}**]]"
