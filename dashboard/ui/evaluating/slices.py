"""Where the network does well and where badly: its accuracy on parts of the test texts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from core.evaluation.evaluate import Evaluation
from core.evaluation.slices import (
    FEW,
    UNKNOWN_SHARES,
    Slices,
    by_length,
    by_unknown_share,
    by_value,
    by_word,
    scored,
)
from core.runs.records import Run
from core.text.cleaning.steps.rules import KINDS
from dashboard.ui import charts, results
from dashboard.ui.i18n import _, ngettext, number, percent
from dashboard.ui.problems import plain

_LENGTH, _UNKNOWN, _WORD = "length", "unknown", "word"


def show(run: Run, evaluation: Evaluation) -> None:
    """Choose how the test texts are parted, and see the accuracy on each part."""
    titles = {_LENGTH: _("Length"), _UNKNOWN: _("Unknown words"), _WORD: _("A word or a pattern in them")}
    columns = {f"column {name}": name for name in results.kept_columns(run)}
    chosen = st.selectbox(
        _("Part the test texts by"),
        [*titles, *columns],
        format_func=lambda way: titles.get(way) or _("Column “{name}”", name=columns[way]),
        key=f"slices_by_{run.run_id}",
    )
    texts = evaluation.predictions["text"].tolist()
    if chosen == _LENGTH:
        slices = _by_length(run.run_id, run.test_looks, texts)
        names = [_("{range} words", range=_range(name)) for name in slices.names]
    elif chosen == _UNKNOWN:
        slices = _by_unknown(run.run_id, run.test_looks, texts, run)
        names = _unknown_names()
    elif chosen == _WORD:
        held = _by_word(texts)
        if held is None:
            return
        slices, names = held
    else:
        rows = evaluation.predictions["row"].to_numpy(dtype=np.int64)
        slices = by_value(results.kept_values(run, columns[chosen], rows))
        names = [_range(name) if isinstance(name, tuple) else name or _("(empty)") for name in slices.names]
    _chart(evaluation, slices, names)


# Every click on the page comes by here, and there may be a hundred thousand texts.
@st.cache_data(max_entries=12, show_spinner=False)
def _by_length(run_id: str, test_looks: int, _texts: Sequence[str]) -> Slices:
    return by_length(_texts)


@st.cache_data(max_entries=12, show_spinner=False)
def _by_unknown(run_id: str, test_looks: int, _texts: Sequence[str], _run: Run) -> Slices:
    return by_unknown_share(_texts, results.network(_run).encoder)


def _by_word(texts: Sequence[str]) -> tuple[Slices, list[str]] | None:
    left, right = st.columns(2)
    find = left.text_input(_("Find"), key="slice_find", max_chars=200).strip()
    kind = right.selectbox(
        _("What it is"), ["word", "text", "pattern"], format_func=lambda name: _(KINDS[name]), key="slice_kind"
    )
    if not find:
        st.caption(_("Write a word, for example “not”, to compare the texts with it to those without it."))
        return None
    held = by_word(texts, find, kind)
    return Slices((~held).astype(np.int64), []), [_("with “{word}”", word=find), _("without “{word}”", word=find)]


def _range(bounds: object) -> str:
    assert isinstance(bounds, tuple)
    low, high = bounds
    return number(low) if low == high else _("{low} to {high}", low=low, high=high)


def _unknown_names() -> list[str]:
    first, *bounds = UNKNOWN_SHARES
    least = [first, *bounds]
    between = [_("up to {share} unknown", share=percent(high, 0)) for high in bounds]
    return [_("no unknown word"), *between, _("more than {share} unknown", share=percent(least[-1], 0))]


def _chart(evaluation: Evaluation, slices: Slices, names: Sequence[str]) -> None:
    right = (evaluation.predictions["label"] == evaluation.predictions["predicted"]).to_numpy()
    found = scored(right, Slices(slices.places, names))
    test = evaluation.test
    every = {"texts": len(right), "accuracy": test["accuracy"], "low": test["accuracy_low"],
             "high": test["accuracy_high"], "name": _("all test texts")}  # fmt: skip
    found["name"] = [names[place] for place in found["place"]]
    table = pd.concat([pd.DataFrame([every]), found], ignore_index=True)
    table["system"] = [
        _("{name} ({texts})", name=name, texts=texts) for name, texts in zip(table["name"], table["texts"], strict=True)
    ]
    table = table.rename(columns={"accuracy": "value"})
    charts.show(charts.scores(table, _("Accuracy on parts of the test texts")), key="slices")
    st.caption(
        _("In brackets, the number of texts in each part; the thin lines are the range in which the true value likely "
          "lies (95%). Where two ranges overlap widely, the parts may be equally hard.")
    )  # fmt: skip
    left_out = int((slices.places < 0).sum())
    if left_out:
        st.caption(ngettext("{count} text is in no part.", "{count} texts are in no part.", left_out))
    few = found.loc[found["texts"] < FEW, "name"].tolist()
    if few:
        listed = ", ".join(_("“{name}”", name=name) for name in few)
        st.warning(plain(_("Too few texts to say anything (fewer than {few}): {listed}.", few=FEW, listed=listed)))
