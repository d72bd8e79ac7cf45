"""What the curves of a run say, each with the one change to try next as a button."""

from __future__ import annotations

import streamlit as st

from core.evaluation.diagnosis import Advice, Curves, diagnose
from core.generation import diagnosis as writing
from core.runs.records import Run
from core.runs.store import RunStore
from core.tasks import task_of
from dashboard.ui import launch, results, settings_table, state
from dashboard.ui.i18n import _, number, percent


def show(run: Run) -> None:
    """A sentence for each thing that stands out; nothing for a run without an epoch or without what it is held against.

    Shown for runs that are over: in the middle of a training the curves have not said it all yet.
    """
    found = _found(run, state.store())
    if found is None:
        return
    there = state.store().has_dataset(run.dataset_fingerprint)
    with st.container(border=True):
        st.markdown("**" + _("What the curves say") + "**")
        if not found:
            st.write(_("Nothing stands out: it learned, it did not learn by heart, and it had settled at the end."))
        for advice in found:
            with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
                st.write(_(advice.message, **_values(advice)))
                if advice.change and there:
                    _offer(run, advice)


def _found(run: Run, store: RunStore) -> list[Advice] | None:
    history = store.history(run.run_id)
    if history.empty or not run.rows:
        return None
    if run.settings.task == results.WRITING:
        counts = results.writing_references(run).get("unigram")
        if counts is None:
            return None
        written = results.writing(run)
        curves = Curves(run.settings, history, run.rows["validation"], 0.0)
        return writing.diagnose(curves, counts.validation["loss"], written.copying if written else None)
    simplest = next(iter(task_of(run.settings).references))  # always the same answer
    majority = results.references(run).get(simplest)
    if majority is None:
        return None
    judged = majority.validation  # of a tagger its words are counted, not its sentences
    return diagnose(Curves(run.settings, history, judged["texts"], judged["accuracy"]))


def _values(advice: Advice) -> dict[str, str]:
    """As the reader's language writes them."""
    shown = {}
    for name, value in advice.values.items():
        if name in ("accuracy", "share", "real"):
            shown[name] = percent(value)
        else:
            shown[name] = number(value, 1) if name == "points" else number(value)
    return shown


def _offer(run: Run, advice: Advice) -> None:
    change = _in_words(run, advice)
    if st.button(
        _("Try {change}", change=change), icon=":material/experiment:", key=f"try_{advice.code}",
        help=_("Starts another training with this one change; this one stays as it is."),
    ):  # fmt: skip
        launch.once_more(run, advice.change, f"{run.name} · {change}")
        st.rerun()


def _in_words(run: Run, advice: Advice) -> str:
    """ "Dropout: 0.6"."""
    known = run.settings.declared()
    return ", ".join(
        _("{setting}: {value}", setting=settings_table.title(name, known.get(name)),
          value=settings_table.word(name, known.get(name), value))
        for name, value in advice.change.items()
    )  # fmt: skip
