"""Evaluate, of a tagger: its scores beside simpler methods, tag by tag, confusions and mistakes in their sentences."""

from __future__ import annotations

from math import isnan
from typing import cast

import pandas as pd
import streamlit as st

from core.evaluation.evaluate import Evaluation
from core.evaluation.intervals import Intervals
from core.evaluation.slices import FEW
from core.evaluation.tagging.intervals import TagIntervals
from core.evaluation.tagging.named import SCORES
from core.runs.records import Run
from dashboard.ui import prepared_run, reporting, results, scoring, ways
from dashboard.ui.evaluating import beside, ranges
from dashboard.ui.i18n import _, ngettext, percent
from dashboard.ui.problems import plain
from dashboard.ui.tagged import mistakes

_SHOWN = ("entity_f1", "accuracy", "entity_precision", "entity_recall", "macro_f1")


def page(run: Run) -> None:
    evaluation = results.evaluation(run)
    if evaluation is None:
        scoring.unscored(run)
        return
    found = cast(TagIntervals, ranges.of_run(run, evaluation))
    _headline(run, evaluation, found)
    scoring.beside_references(run, evaluation)
    kinds = [_("Spans")] if found.by_kind is not None else []
    tabs = dict(zip(["kinds", "tags", "confusions", "wrong"][1 - len(kinds) :],
                    st.tabs([*kinds, _("Tags"), _("Confusions"), _("Mistakes")]), strict=True))  # fmt: skip
    if found.by_kind is not None:
        with tabs["kinds"]:
            _table(found.by_kind, _("Type"), _("Spans in the test sentences"))
            st.caption(_("A span counts as found only if its first word, its last word and its type are all right."))
            heads = _("Type"), _("Spans in the test sentences")
            beside.show(run, evaluation, *heads, _kinds, f"kinds_{run.run_id}")
    with tabs["tags"]:
        heads = _("Tag"), _("Words in the test sentences")
        _table(found.by_class, *heads)
        beside.show(run, evaluation, *heads, lambda found: found.by_class, f"tags_{run.run_id}")
    with tabs["confusions"]:
        mistakes.confusions(run, evaluation)
    with tabs["wrong"]:
        mistakes.sentences(evaluation)
    prepared_run.show(run)
    reporting.offer(run)
    ways.on(("look_inside", _("Look inside")), ("compare", _("Compare runs")), ("use", _("Use the network")))


def _kinds(found: Intervals) -> pd.DataFrame:
    kinds = cast(TagIntervals, found).by_kind
    assert kinds is not None, "all methods are judged on the same tags"
    return kinds


def _headline(run: Run, evaluation: Evaluation, found: TagIntervals) -> None:
    test = evaluation.test
    with st.container(horizontal=True, key="score_figures"):
        for name in [name for name in _SHOWN if name in found.overall][:4]:
            score, (title, meaning) = found.overall[name], SCORES[name]
            between = (
                None if isnan(score.low) else _("{low} to {high}", low=percent(score.low), high=percent(score.high))
            )
            st.metric(_(title), percent(score.value), between, delta_color="off", delta_arrow="off", border=True,
                      width=200, help=plain(_(meaning)))  # fmt: skip
    st.write(
        _("On the {words} words of {sentences} test sentences that it had never seen, the network tags {accuracy} of "
          "the words rightly; with other sentences of the same kind, expect between {low} and {high}.",
          words=test["texts"], sentences=test["sentences"], accuracy=percent(test["accuracy"]),
          low=percent(test["accuracy_low"]), high=percent(test["accuracy_high"]))
    )  # fmt: skip
    if run.test_looks > 1:
        st.caption(
            _("The test sentences were scored {times} times for this run, because it was continued. Each look makes "
              "the score a little more flattering.", times=run.test_looks)
        )  # fmt: skip


def _table(rows: pd.DataFrame, name: str, count: str) -> None:
    table = pd.DataFrame({name: rows["name"].replace("", _("(no type)")), count: rows["texts"]})
    for title, score in {_("Precision"): "precision", _("Recall"): "recall", "F1": "f1"}.items():
        bounds = zip(rows[score], rows[f"{score}_low"], rows[f"{score}_high"], strict=True)
        table[title] = [ranges.ranged(*three) for three in bounds]
    st.dataframe(table, hide_index=True)
    st.caption(
        _("Precision: how often this answer is right. Recall: how many of these are found. F1 is high only if both "
          "are. In brackets, the range in which the true value likely lies (95%), from drawing whole sentences anew.")
    )  # fmt: skip
    few = int((rows["texts"] < FEW).sum())
    if few:
        st.caption(
            ngettext("{count} row has fewer than {few} examples: its numbers say nearly nothing.",
                     "{count} rows have fewer than {few} examples: their numbers say nearly nothing.", few, few=FEW)
        )  # fmt: skip
