"""What each word of the sentence counted for the answer, in three ways, and whether the three agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from core.insight.looks import Given
from core.insight.places import Places
from core.insight.salience import COMPLETE, METHODS, Numbers, Salience
from core.runs import sentence_insights
from core.runs.records import Run
from dashboard.ui import exporting
from dashboard.ui.charts.salience import counted
from dashboard.ui.i18n import _, number, percent
from dashboard.ui.inside import taking
from dashboard.ui.inside.arriving import LOOK_SECONDS, arriving
from dashboard.ui.inside.chosen import choose_word, stretch, within
from dashboard.ui.inside.lens import Lens, lens_of
from dashboard.ui.problems import plain

_STRONG, _WEAK = 0.5, 0.15  # of the strongest word: from there on, a word is coloured strongly, or at all
_AGREE, _ROUGHLY = 0.7, 0.4


def show(run: Run) -> None:
    lens = lens_of(run)
    shown = lens.read()
    if shown is None:
        return
    given, trace = shown
    lens.said(trace)
    step = lens.asked(trace, choose_word(lens, trace)) if lens.each else -1
    best = lens.best(trace, step)
    answer = _answer(lens, trace, step, best)
    exporting.sharing()
    asked = (run.seconds, run.run_id, given, answer, step)
    gradient = arriving(sentence_insights.gradient_of_run, *asked)
    found: Salience | None = arriving(sentence_insights.salience_of_run, *asked)
    without = _left_out(run.run_id, run.seconds, given, answer, step, lens)
    words = lens.words(trace)[: len(without)]
    part = stretch(len(words))
    name = lens.name_of(answer)
    if lens.each:
        st.markdown(lens.question(trace, step))
    st.markdown(
        _("Orange words speak for **{answer}**, blue words against it; strong ones stand on a ground.",
          answer=plain(name))
    )  # fmt: skip
    if found is None:
        first = {"left_out": without, "gradient": gradient}
        st.fragment(_until_then, run_every=LOOK_SECONDS, key="inside_counting")(asked, first, words, part)
        return
    _rows({method: found.of(method) for method in METHODS}, words, part)
    _checked(found)
    values = {_(title): found.of(method)[part] for method, title in METHODS.items()}
    chart = counted(values, words[part], name, within(step, part) if lens.each else None)
    taking.show([chart], "inside_counted", lambda: _table(found, words), "counted")
    _explained(found)
    lens.explain_counted()


def _answer(lens: Lens, trace: Places, step: int, best: int) -> int:
    """For which answer the words counted: the network's own, or another one that could be meant."""
    possible = lens.possible(trace, step)
    if len(possible) < 3:
        return best
    return st.selectbox(
        _("For which answer"), possible, index=possible.index(best), format_func=lens.name_of, width=260,
        key=f"inside_for_{lens.run.dataset_fingerprint}_{step}_{best}",
    )  # fmt: skip


def _until_then(
    asked: tuple[float, str, Given, int, int], first: dict[str, Numbers | None], words: Sequence[str], part: slice
) -> None:
    """The ways that are there already, while the last one is worked out."""
    if first["gradient"] is None:
        first["gradient"] = arriving(sentence_insights.gradient_of_run, *asked)
    if arriving(sentence_insights.salience_of_run, *asked) is not None:
        st.rerun()
    _rows(first, words, part)
    st.caption(_("The other ways follow: the network reads the sentence forwards and backwards…"))


@st.cache_data(max_entries=30, show_spinner=False)
def _left_out(run_id: str, seconds: float, given: Given, answer: int, step: int, _lens: Lens) -> Numbers:
    return _lens.look.left_out(given, answer, step)[0]


def _rows(values: Mapping[str, Numbers | None], words: Sequence[str], part: slice) -> None:
    """The words once for each way that is there."""
    for method, title in METHODS.items():
        line = values.get(method)
        if line is not None:
            st.markdown(f"**{_(title)}**: " + _coloured(words[part], line[part], line))


def _coloured(words: Sequence[str], values: NDArray[np.floating], whole: NDArray[np.floating]) -> str:
    """The words in a row as Markdown, harmless, coloured by how strongly they count."""
    strongest = max(float(np.abs(whole).max(initial=0)), 1e-12)
    shown = []
    for word, value in zip(words, values / strongest, strict=True):
        fill, size = "orange" if value > 0 else "blue", abs(value)
        if size < _WEAK:
            shown.append(plain(word))
        elif size < _STRONG:
            shown.append(f":{fill}[{plain(word)}]")
        else:
            shown.append(f":{fill}-background[**{plain(word)}**]")
    return " ".join(shown)


def _checked(found: Salience) -> None:
    agreement = found.agreement
    listed = ", ".join(
        _("{first} and {second}: {value}", first=_(METHODS[one]), second=_(METHODS[other]), value=number(value, 2))
        for (one, other), value in agreement.items()
    )
    values = [value for value in agreement.values() if not np.isnan(value)]
    mean = float(np.mean(values)) if values else float("nan")
    if np.isnan(mean):
        said = _("There are too few different words to say whether the three ways agree.")
    elif mean >= _AGREE:
        said = _("The three ways agree about which words count.")
    elif mean >= _ROUGHLY:
        said = _("The three ways agree roughly: trust the words that all three colour.")
    else:
        said = _("The three ways disagree here: take none of them for the truth.")
    st.markdown(said)
    if not np.isnan(mean):
        st.caption(_("Rank correlation, from -1 to 1. {listed}.", listed=listed))
    values_of = {"added": number(found.added, 3), "moved": number(found.end - found.start, 3)}
    missing = percent(found.missing, 2)
    if found.missing <= COMPLETE:
        st.caption(
            _("Checked: integrated gradients are complete. All parts add up to {added}; the answer moved by {moved} "
              "between a text that says nothing and yours. They differ by {missing}.", **values_of, missing=missing)
        )  # fmt: skip
    else:
        st.caption(
            _("Integrated gradients are not complete here: all parts add up to {added}, but the answer moved by "
              "{moved}. They differ by {missing}, so read that row with care.", **values_of, missing=missing)
        )  # fmt: skip


def _explained(found: Salience) -> None:
    st.caption(
        _("Gradient × input: how steeply the answer would change with a word's vector. Integrated gradients: the "
          "same, summed on the way from vectors of zeros to yours. Leaving it out: what the answer loses when the word "
          "is not there. All are in log-odds, and each row has its own strongest colour.")
    )  # fmt: skip
    if found.together > 1:
        st.caption(_("The text is long: to save you a wait, words were left out {count} at a time.",
                     count=found.together))  # fmt: skip


def _table(found: Salience, words: Sequence[str]) -> pd.DataFrame:
    columns: dict[str, object] = {_("number"): np.arange(1, len(words) + 1), _("word"): list(words)}
    columns |= {_(title): found.of(method) for method, title in METHODS.items()}
    return pd.DataFrame(columns | {_("probability without it"): found.without})
