"""Where the network does well and where badly: its accuracy on parts of the test texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np
import pandas as pd
import streamlit as st

from core.evaluation.evaluate import Evaluation
from core.evaluation.kept_slices import KeptSlice, Kind
from core.evaluation.slices import (
    FEW,
    UNKNOWN_SHARES,
    Bounds,
    Slices,
    by_length,
    by_unknown_share,
    by_value,
    by_word,
    scored,
)
from core.runs.records import Run
from core.text.cleaning.steps.rules import KINDS
from core.text.texts import all_of
from dashboard.ui import charts, results
from dashboard.ui.evaluating import kept_slices
from dashboard.ui.i18n import _, ngettext, number, percent
from dashboard.ui.problems import plain

_LENGTH, _UNKNOWN, _WORD, _KEPT = "length", "unknown", "word", "kept"


def show(run: Run, evaluation: Evaluation) -> None:
    """Choose how the test texts are parted, and see the accuracy on each part."""
    titles = {_LENGTH: _("Length"), _UNKNOWN: _("Unknown words"), _WORD: _("A word or a pattern in them")}
    if kept_slices.of(run).all():
        titles[_KEPT] = _("The parts that you kept")
    columns = {f"column {name}": name for name in results.kept_columns(run)}
    chosen = st.selectbox(
        _("Part the test texts by"),
        [*titles, *columns],
        format_func=lambda way: titles.get(way) or _("Column “{name}”", name=columns[way]),
        key=f"slices_by_{run.run_id}",
    )
    texts = all_of(evaluation.predictions["text"])
    parts: list[tuple[str, KeptSlice]] = []
    if chosen == _KEPT:
        _kept(run, evaluation)
        return
    if chosen == _LENGTH:
        slices = _by_length(run.run_id, run.test_looks, texts)
        names = [_("{range} words", range=_range(name)) for name in slices.names]
        bounds = [name for name in slices.names if isinstance(name, tuple)]
        parts = [(name, KeptSlice("length", low=low, high=high))
                 for name, (low, high) in zip(names, bounds, strict=True)]  # fmt: skip
    elif chosen == _UNKNOWN:
        slices = _by_unknown(run.run_id, run.test_looks, texts, run)
        names = _unknown_names()
    elif chosen == _WORD:
        held = _by_word(texts)
        if held is None:
            return
        slices, names = held
        kind = cast(Kind, st.session_state["slice_kind"])
        parts = [(names[0], KeptSlice(kind, st.session_state["slice_find"].strip()))]
    else:
        rows = evaluation.predictions["row"].to_numpy(dtype=np.int64)
        slices = by_value(results.kept_values(run, columns[chosen], rows))
        names = [_range(name) if isinstance(name, tuple) else name or _("(empty)") for name in slices.names]
        parts = [(name, _of_column(columns[chosen], told)) for name, told in zip(names, slices.names, strict=True)]
    _chart(evaluation, slices, names)
    if parts:
        kept_slices.offer(run, parts)


def _of_column(column: str, told: str | Bounds) -> KeptSlice:
    if isinstance(told, tuple):
        return KeptSlice("column", column, low=told[0], high=told[1])
    return KeptSlice("column", column, told)


def _kept(run: Run, evaluation: Evaluation) -> None:
    """The parts that were kept, beside all texts; they may overlap."""
    there = kept_slices.of(run).all()
    titles = [kept_slices.title(each) for each in there]
    inside = [kept_slices.held(run, evaluation, each) for each in there]
    right = (evaluation.predictions["label"] == evaluation.predictions["predicted"]).to_numpy()
    each_alone = [
        scored(right, Slices(np.where(held, 0, -1), [name])).assign(name=name)
        for held, name in zip(inside, titles, strict=True)
    ]
    _drawn(evaluation, pd.concat(each_alone, ignore_index=True))
    kept_slices.offer(run, list(zip(titles, there, strict=True)))


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
    found["name"] = [names[place] for place in found["place"]]
    _drawn(evaluation, found)
    left_out = int((slices.places < 0).sum())
    if left_out:
        st.caption(ngettext("{count} text is in no part.", "{count} texts are in no part.", left_out))


def _drawn(evaluation: Evaluation, found: pd.DataFrame) -> None:
    """Parts with the columns name, texts, accuracy, low and high beside all test texts, and a word on small ones."""
    test = evaluation.test
    every = {"texts": len(evaluation.predictions), "accuracy": test["accuracy"], "low": test["accuracy_low"],
             "high": test["accuracy_high"], "name": _("all test texts")}  # fmt: skip
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
    few = found.loc[found["texts"] < FEW, "name"].tolist()
    if few:
        listed = ", ".join(_("“{name}”", name=name) for name in few)
        st.warning(plain(_("Too few texts to say anything (fewer than {few}): {listed}.", few=FEW, listed=listed)))
