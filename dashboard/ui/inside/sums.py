"""How one unit came to its state at one word: every sum, gate by gate, then all that was added, number by number."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd
import streamlit as st

from core.insight.gates import GATES
from core.insight.looks import Given
from core.insight.sums import Made, Sum, made
from dashboard.ui.i18n import _, number
from dashboard.ui.inside import taking
from dashboard.ui.inside.chosen import Choice
from dashboard.ui.inside.lens import Lens
from dashboard.ui.problems import plain

_DIGITS = 3


def show(lens: Lens, given: Given, words: list[str], choice: Choice) -> None:
    """Of the chosen word and unit, which both must be there."""
    assert choice.place is not None
    assert choice.word is not None
    assert choice.unit is not None
    found = made(lens.look.network, lens.look.read(given), choice.place, choice.word, choice.unit)
    unit, word = choice.unit + 1, plain(words[choice.word])
    below = inputs_of(choice.place)
    if below == "layer":
        said = _("Unit {unit} at “{word}”. Here it adds up what the layer below makes of the word and what was "
                 "remembered before it, then squashes the total into its range.", unit=unit, word=word)  # fmt: skip
    elif len(found.sums) == 1:
        said = _("Unit {unit} at “{word}”. It adds up the word and what was remembered before it, then squashes the "
                 "total into its range.", unit=unit, word=word)  # fmt: skip
    else:
        said = _("Unit {unit} at “{word}”. Each gate adds up the word and what was remembered before it, then "
                 "squashes the total into its range.", unit=unit, word=word)  # fmt: skip
    st.caption(said)
    st.dataframe(_totals(found, below), hide_index=True)
    st.markdown(_last(found))
    titles = {place: _title(one) for place, one in enumerate(found.sums)}
    place = 0
    if len(titles) > 1:
        place = st.pills(
            _("All that was added for"), list(titles), format_func=titles.__getitem__, default=0, required=True,
            key=f"inside_sum_{len(titles)}", persist_state="session",
        ) or 0  # fmt: skip
    one = found.sums[place]
    terms = _terms(one, below)
    st.caption(
        _("Every product, strongest first: they add up to {total}, which {squash} makes {value}.",
          total=number(one.total, _DIGITS), squash=_squash(one), value=number(one.value, _DIGITS))
    )  # fmt: skip
    st.dataframe(terms.head(12), hide_index=True)
    taking.numbers("inside_sums", terms, "sum")


def inputs_of(place: str) -> Literal["word", "layer"]:
    """What the cells of a place read: the words' vectors, or what the layer below hands up."""
    return "layer" if place.startswith("layer ") and not place.startswith("layer 1/") else "word"


def _title(one: Sum) -> str:
    return _(GATES[one.gate].title) if one.gate in GATES else _("The new state")


def _squash(one: Sum) -> str:
    return _("the sigmoid") if one.squashed == "sigmoid" else _("the hyperbolic tangent")


def _totals(found: Made, below: str) -> pd.DataFrame:
    entered = _("from the layer below") if below == "layer" else _("from the word")
    return pd.DataFrame(
        {
            _("gate") if len(found.sums) > 1 else _("what"): [_title(one) for one in found.sums],
            entered: [number(one.from_word, _DIGITS) for one in found.sums],
            _("from the state before"): [number(one.from_state, _DIGITS) for one in found.sums],
            _("bias"): [number(one.bias, _DIGITS) for one in found.sums],
            _("total"): [number(one.total, _DIGITS) for one in found.sums],
            _("squashed"): [number(one.value, _DIGITS) for one in found.sums],
        }
    )


def _last(found: Made) -> str:
    """How the new state comes from the gates, with this unit's numbers."""
    value = {one.gate: number(one.value, _DIGITS) for one in found.sums}
    now = {name: number(state, _DIGITS) for name, state in found.now.items()}
    before = {name: number(state, _DIGITS) for name, state in found.before.items()}
    if "forget" in value:
        return _(
            "Memory cell = forget gate × cell before + input gate × candidate: {forget} × {before} + {input} × "
            "{candidate} = **{cell}**. State = output gate × tanh(memory cell): {output} × tanh({cell}) = "
            "**{hidden}**.",
            forget=value["forget"], before=before["cell"], input=value["input"], candidate=value["candidate"],
            cell=now["cell"], output=value["output"], hidden=now["hidden"],
        )  # fmt: skip
    if "update" in value:
        return _(
            "State = update gate × state before + (1 - update gate) × candidate: {update} × {before} + (1 - {update}) "
            "× {candidate} = **{hidden}**. The reset gate, {reset}, has already shrunk what the candidate "
            "took from the state before.",
            update=value["update"], before=before["hidden"], candidate=value["candidate"], hidden=now["hidden"],
            reset=value["reset"],
        )  # fmt: skip
    return _("The squashed total is the new state: **{hidden}**.", hidden=now["hidden"])


def _terms(one: Sum, below: str) -> pd.DataFrame:
    """Each number that was added: what it was, its weight, and their product."""
    word = _("number {number} of the layer below") if below == "layer" else _("number {number} of the word")
    state = _("unit {unit} before")
    names = [word.format(number=place + 1) for place in range(len(one.word))]
    names += [state.format(unit=place + 1) for place in range(len(one.before))]
    values = np.concatenate([one.word, one.before])
    weights = np.concatenate([one.word_weights, one.reset * one.state_weights])
    table = pd.DataFrame({_("what"): names, _("value"): values, _("weight"): weights, _("product"): values * weights})
    table = table.iloc[np.argsort(-np.abs(values * weights), kind="stable")]
    bias = one.bias + one.reset * one.state_bias
    return pd.concat(
        [table, pd.DataFrame({_("what"): [_("bias")], _("value"): [1.0], _("weight"): [bias], _("product"): [bias]})],
        ignore_index=True,
    )
