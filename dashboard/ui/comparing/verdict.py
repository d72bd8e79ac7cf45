"""Which of several methods is better: sentences first, then the scores with their ranges, then every pair."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from core.evaluation import said as sentence
from core.evaluation.contrast import Contrast
from core.evaluation.lead import ONCE, lead
from core.evaluation.measures import TITLES, Measure
from core.evaluation.several import Method, Standing, against, every_pair, standing
from core.messages import N_
from dashboard.ui import charts
from dashboard.ui.charts.writing import perplexity_bars
from dashboard.ui.i18n import NOTHING, _, ngettext, number, percent
from dashboard.ui.problems import plain
from dashboard.ui.telling import words

_MOST_SENTENCES = 6
_POINTS: dict[Measure, str] = {
    "accuracy": N_("Points: how much more often it is right than the one that it is set against."),
    "entity_f1": N_("Points: how much higher its F1 of spans is than that of the one that it is set against."),
    "perplexity": N_(
        "Points: by how many percent its perplexity is lower than that of the one that it is set against."
    ),
}


def show(methods: Sequence[Method], usual: str, key: str = "compare", looks: Mapping[str, int] | None = None) -> None:
    """`usual`: the name of the method that the others are set against, unless the reader chooses another.

    looks: the colour numbers of those methods that are runs, by their names.
    """
    by_name = {method.name: method for method in methods}
    chosen = st.selectbox(
        _("Set against"), list(by_name), index=list(by_name).index(usual), key=f"{key}_against_{len(methods)}",
        width=360,
    )  # fmt: skip
    asked = tuple(_signature(method) for method in methods)
    standings, pairs = _worked_out(asked, list(methods))
    contrasts = _against(asked, chosen, list(methods))
    rank = {each.name: place for place, each in enumerate(standings)}
    contrasts = sorted(contrasts, key=lambda each: rank[each.name])
    _say(contrasts, pairs)
    _chart(standings, key, looks or {standings[0].name: 0})
    _table(standings, {each.name: each for each in contrasts})
    if len(methods) > 2:
        with st.expander(_("Every pair")):
            _pairs(pairs)


def _signature(method: Method) -> tuple[Any, ...]:
    answers = hashlib.sha256(b"".join(each.right.tobytes() for each in method.marks)).hexdigest()
    return method.name, method.learned, len(method.marks), method.marks[0].key, answers


# Each pair takes some ten thousand drawings, and every click on the page comes by here.
@st.cache_data(max_entries=30, show_spinner=False)
def _worked_out(asked: tuple[Any, ...], _methods: list[Method]) -> tuple[list[Standing], list[Contrast]]:
    return sorted((standing(method) for method in _methods), key=lambda each: each.rank), every_pair(_methods)


@st.cache_data(max_entries=60, show_spinner=False)
def _against(asked: tuple[Any, ...], name: str, _methods: list[Method]) -> list[Contrast]:
    reference = next(method for method in _methods if method.name == name)
    return against(reference, [method for method in _methods if method is not reference])


def said(contrast: Contrast) -> str:
    """Its sentence in the reader's language, safe in Markdown."""
    return plain(sentence.said(contrast, words()))


def _say(contrasts: Sequence[Contrast], pairs: Sequence[Contrast]) -> None:
    first = lead(pairs)
    if first is not None and first.count > 2:
        others = ", ".join(first.others)
        st.markdown(f"**{plain(_(first.sentence, name=first.name, count=first.count, others=others))}**")
        for contrast in contrasts[:_MOST_SENTENCES]:
            st.markdown(f"- {said(contrast)}")
    else:
        st.markdown(f"**{said(contrasts[0])}**")
    if any(contrast.once for contrast in contrasts):
        st.caption(_(ONCE))


def _chart(standings: Sequence[Standing], key: str, looks: Mapping[str, int]) -> None:
    rows = [{"system": each.name, "value": each.score, "low": each.low, "high": each.high,
             "look": looks.get(each.name)} for each in standings]  # fmt: skip
    title, measure = _("Score on the same test texts"), standings[0].measure
    if measure == "perplexity":
        charts.show(perplexity_bars(pd.DataFrame(rows)), key=f"{key}_scores")
    else:
        drawn = charts.scores(pd.DataFrame(rows), title, axis=_(TITLES[measure]))
        charts.show(drawn, key=f"{key}_scores")


def _table(standings: Sequence[Standing], contrasts: dict[str, Contrast]) -> None:
    rows = []
    for each in standings:
        contrast = contrasts.get(each.name)
        rows.append(
            {
                _("Method"): each.name,
                _("Seeds"): number(each.seeds),
                _(TITLES[each.measure]): score(each),
                _("Seeds vary by"): scatter(each),
                _("Points"): NOTHING if contrast is None else _points(contrast),
                _("Chance"): NOTHING if contrast is None else _chance(contrast),
            }
        )  # fmt: skip
    st.dataframe(pd.DataFrame(rows), hide_index=True)
    texts = standings[0].texts
    st.caption(
        (
            ngettext("All were judged on the same {count} test sentence.",
                     "All were judged on the same {count} test sentences.", texts)
            if standings[0].words
            else ngettext("All were judged on the same {count} test text.",
                          "All were judged on the same {count} test texts.", texts)
        )
        + " "
        + _("In brackets, the range in which the true value likely lies (95%): other texts and, with several seeds, "
            "other seeds. Chance: how often chance alone would show so much, among as many comparisons (Holm).")
        + " "
        + _(_POINTS[standings[0].measure])
    )  # fmt: skip


def score(found: Standing) -> str:
    """ "82.1% (79.0 to 85.0%)", or “67.8 (61.9 to 74.3)” of a perplexity."""
    if found.measure == "perplexity":
        value, low, high = (number(each, 1) for each in (found.score, found.low, found.high))
    else:
        value, low, high = percent(found.score), number(100 * found.low, 1), percent(found.high)
    return _("{value} ({low} to {high})", value=value, low=low, high=high)


def scatter(found: Standing) -> str:
    """How much the score differs from seed to seed, in points, or as it is of a perplexity."""
    if math.isnan(found.scatter):
        return NOTHING
    return number(found.scatter if found.measure == "perplexity" else 100 * found.scatter, 1)


def _pairs(pairs: Sequence[Contrast]) -> None:
    rows = [
        {
            _("Method"): each.name,
            _("Set against"): each.reference,
            _("Points"): _points(each),
            _("Chance"): _chance(each),
            _("What may be said"): _short(each),
        }
        for each in pairs
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True)
    st.caption(ngettext("Corrected for {count} comparison.", "Corrected for {count} comparisons.", len(pairs)))


def _short(contrast: Contrast) -> str:
    if contrast.verdict == "more_texts":
        return _("cannot be told apart; about {count} texts would", count=int(contrast.values["needed"]))
    if contrast.verdict == "more_seeds":
        return _("cannot be told apart; more seeds would help")
    if contrast.verdict == "equal":
        return _("about equally good")
    return _("better") if contrast.verdict == "better" else _("worse")


def _points(contrast: Contrast) -> str:
    sign = "+" if contrast.points > 0 else ""
    return _("{value} ({low} to {high})", value=f"{sign}{number(contrast.points, 1)}", low=number(contrast.low, 1),
             high=number(contrast.high, 1))  # fmt: skip


def _chance(contrast: Contrast) -> str:
    return f"< {number(0.001, 3)}" if contrast.corrected < 0.001 else number(contrast.corrected, 3)
