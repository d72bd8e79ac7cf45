"""Evaluate, for a network that writes: perplexity beside counts of neighbouring tokens, and what it copies."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from core.evaluation.proportion import wilson
from core.evaluation.said import between as contrast
from core.generation.evaluate import REFERENCES
from core.generation.judging import CopyScores, WritingEvaluation
from core.generation.scores import per_token
from core.models import architecture
from core.runs.records import Run
from dashboard.ui import charts, prepared_run, problems, reporting, results, ways
from dashboard.ui.charts.writing import perplexity_bars
from dashboard.ui.comparing.verdict import said
from dashboard.ui.i18n import _, ngettext, number, percent
from dashboard.ui.problems import plain
from dashboard.ui.writing.live import shown

_TOLD = ("trigram", "fivegram")
_TEXTS = 12


def page(run: Run) -> None:
    """All that was measured."""
    evaluation = results.writing(run)
    if evaluation is None:
        if run.status.over:
            st.write(_("This training ended before its network was scored on the test texts. Its page says why."))
            ways.link("train", _("See the training"))
            return
        st.write(_("The network is being scored on the test texts. This takes a moment."))
        return
    _headline(evaluation)
    _beside(run, evaluation)
    _copying(evaluation)
    prepared_run.show(run)
    reporting.offer(run)
    ways.on(("look_inside", _("Look inside")), ("use", _("Let it write")))


def verdict(run: Run) -> None:
    """What the finished network reached, in two sentences."""
    evaluation = results.writing(run) if run.has_network else None
    if evaluation is None:
        return
    st.write(_in_words(evaluation))
    for line in _compared(run, evaluation)[:1]:
        st.markdown(line)


def _in_words(evaluation: WritingEvaluation) -> str:
    test = evaluation.test
    return ngettext(
        "On {count} text that it had never seen, its perplexity is {value}: at each step it hesitates as between so "
        "many equally likely tokens.",
        "On {count} texts that it had never seen, its perplexity is {value}: at each step it hesitates as between so "
        "many equally likely tokens.",
        test["texts"], value=number(test["perplexity"], 1),
    )  # fmt: skip


def _headline(evaluation: WritingEvaluation) -> None:
    test = evaluation.test
    with st.container(horizontal=True):
        between = (
            _("{low} to {high}", low=number(test["perplexity_low"], 1), high=number(test["perplexity_high"], 1))
            if test["perplexity_low"] == test["perplexity_low"]
            else None
        )
        st.metric(_("Perplexity"), number(test["perplexity"], 1), between, delta_color="off", delta_arrow="off",
                  border=True, width=200)  # fmt: skip
        table = evaluation.predictions
        low, high = per_token(table["right"].to_numpy(np.float64), table["tokens"].to_numpy(np.int64))[1:]
        between = _("{low} to {high}", low=percent(low), high=percent(high)) if low == low else None
        st.metric(_("Next token foreseen"), percent(test["likeliest"]), between, delta_color="off", delta_arrow="off",
                  border=True, width=200,
                  help=_("How often the likeliest token was the one that really came next."))  # fmt: skip
    st.write(_in_words(evaluation))


def _beside(run: Run, evaluation: WritingEvaluation) -> None:
    references = results.writing_references(run)
    if run.references_error is not None:
        reason = problems.translated(run.references_error.message, run.references_error.values)
        st.warning(plain(_("The simpler methods to compare with could not be trained. {reason}", reason=reason)))
    elif len(references) < len(REFERENCES):
        st.caption(_("The simpler methods to compare with are still being trained; they will be here in a moment."))
    for line in _compared(run, evaluation):
        st.markdown(line)
    if not references:
        return
    systems = {_title(run): evaluation} | {_(REFERENCES[name]): each for name, each in references.items()}
    uniform = REFERENCES["uniform"]
    rows = [
        {"system": name, "value": each.test["perplexity"], "low": each.test["perplexity_low"],
         "high": each.test["perplexity_high"]}
        for name, each in systems.items() if name != _(uniform)
    ]  # fmt: skip
    charts.show(perplexity_bars(pd.DataFrame(rows)), key="perplexities")
    st.caption(
        _("On the same test texts, for known tokens only; thin lines: the range in which the true value likely lies "
          "(95%). Who knew nothing would hesitate between all {tokens} tokens. Perplexities of other texts, or of "
          "other tokens, cannot be compared with these.",
          tokens=round(references["uniform"].test["perplexity"]) if "uniform" in references else "–")
    )  # fmt: skip
    if len(evaluation.class_names) > 1:
        st.caption(_("Counts know the label only as far as they reach back to a text's beginning."))


def _compared(run: Run, evaluation: WritingEvaluation) -> list[str]:
    """One sentence for each of the references that are hard to beat; it claims no more than the texts carry."""
    found = results.writing_references(run)
    sentences = []
    for name in _TOLD:
        if name not in found:
            continue
        told = contrast(_title(run), evaluation.predictions, _(REFERENCES[name]), found[name].predictions)
        if told is not None:
            sentences.append(f"**{said(told)}**")
    return sentences


def _title(run: Run) -> str:
    return _(architecture(run.settings.network.architecture).title)


def _copying(evaluation: WritingEvaluation) -> None:
    if evaluation.copying is None or evaluation.samples is None:
        return
    st.subheader(_("Does it write, or copy?"))
    samples, test = evaluation.copying["samples"], evaluation.copying["test"]
    st.write(_said(samples, test))
    st.caption(
        _("Of all runs of {run} tokens, {share} stand word for word in the training texts; of those in real test "
          "texts, {real}. The longest such run has {longest} tokens.",
          run=samples.run, share=percent(samples.copied), real=percent(test.copied), longest=samples.longest)
    )  # fmt: skip
    written, real = (wilson(each.nearly_all, each.texts) for each in (samples, test))
    st.caption(
        _("Likely between {low} and {high} of all texts that it would write are copied so; of real texts, between "
          "{least} and {most} (95%, Wilson's interval).",
          low=percent(float(written[0])), high=percent(float(written[1])), least=percent(float(real[0])),
          most=percent(float(real[1])))
    )  # fmt: skip
    only = st.toggle(_("Copied ones only"), key="copied_only", disabled=not samples.nearly_all)
    table = evaluation.samples[evaluation.samples["copied"]] if only else evaluation.samples
    for row in table.iloc[:: max(1, len(table) // _TEXTS)].head(_TEXTS).itertuples():
        with st.container(border=True):
            label = f"**{plain(row.label)}** · " if len(evaluation.class_names) > 1 else ""
            st.markdown(label + shown(row.text))
            if row.copied:
                st.caption(_("Copied: {longest} of {tokens} tokens in a row, from “{source}”.", longest=row.longest,
                             tokens=row.tokens, source=plain(_short(row.source))))  # fmt: skip


def _said(samples: CopyScores, test: CopyScores) -> str:
    return ngettext(
        "Of {texts} texts that it wrote, {count} is (nearly) copied from one training text; of {tests} real test "
        "texts, {real} would count so.",
        "Of {texts} texts that it wrote, {count} are (nearly) copied from one training text; of {tests} real test "
        "texts, {real} would count so.",
        samples.nearly_all, texts=samples.texts, tests=test.texts, real=test.nearly_all,
    )  # fmt: skip


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 160 else line[:159] + "…"
