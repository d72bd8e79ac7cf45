"""A run that is over goes on: more epochs, another learning rate, other texts; or it is trained once more."""

from __future__ import annotations

import streamlit as st

from core.runs.jobs import LossDiverged
from core.runs.legs import Change
from core.runs.records import Run, RunStatus
from dashboard.ui import launch, problems, state
from dashboard.ui.i18n import _, ngettext


def offer(run: Run) -> None:
    """Buttons that open small forms; nothing for a run without a network."""
    if not run.has_network:
        return
    with st.container(horizontal=True):
        with st.popover(_("Continue"), icon=":material/resume:"):
            _continue(run)
        with st.popover(_("Train again"), icon=":material/casino:"):
            _again(run)
        if run.status is RunStatus.STOPPED and not run.test_looks and st.button(
            _("Score it now"), icon=":material/grading:"
        ):  # fmt: skip
            launch.score(run.run_id)
            st.rerun()


def _continue(run: Run) -> None:
    left, right = st.columns(2)
    more = left.number_input(_("More epochs"), 1, 1_000, 5, key="more_epochs")
    rate = right.number_input(
        _("Learning rate"), 1e-6, 100.0, _usual_rate(run), step=1e-4, format="%g", key="next_rate",
        help=_("A smaller one settles what was learned; a larger one moves on."),
    )  # fmt: skip
    texts, together = _texts(run)
    if st.button(_("Continue the training"), type="primary", icon=":material/resume:", key="go_on"):
        changed = None if rate == run.settings.training.learning_rate else float(rate)
        launch.go_on(run.run_id, int(more), Change(changed, texts, together))
        st.rerun()


def _usual_rate(run: Run) -> float:
    """The one until now; after steps that were too large, the one that the error proposes."""
    if run.error and run.error.code == LossDiverged.code:
        return max(1e-6, float(run.error.values["learning_rate"]))
    return run.settings.training.learning_rate


def _texts(run: Run) -> tuple[str, bool]:
    """The fingerprint of other texts, "" for the same, and whether they come to those until now."""
    writes = run.settings.task == "generation"
    entries = state.store().datasets()
    stored = {entry.fingerprint: entry for entry in entries if writes or entry.task == run.settings.task}
    stored.pop(run.dataset_fingerprint, None)
    if not stored:
        return "", True
    chosen = st.selectbox(
        _("Texts"),
        ["", *stored],
        format_func=lambda name: (
            ngettext("{name} ({count} text)", "{name} ({count} texts)", stored[name].rows, name=stored[name].name)
            if name
            else _("the same as until now")
        ),
        key="next_texts",
    )
    if not chosen:
        return "", True
    together = st.segmented_control(
        _("The texts until now"),
        [True, False],
        format_func=lambda kept: _("learned from as well") if kept else _("left out"),
        default=True,
        required=True,
        key="next_together",
    )
    st.caption(_what_stays(run))
    return chosen, bool(together)


def _what_stays(run: Run) -> str:
    if run.settings.task == "tagging":
        return _(
            "Sentences that the network was judged on never become sentences to learn from, nor the other way round. "
            "Its words stay those of its first training; a new tag gets an output of its own."
        )
    if run.settings.task == "generation":
        return _(
            "Texts that the network was judged on never become texts to learn from, nor the other way round. Its "
            "words and its labels stay those of its first training."
        )
    return _(
        "Texts that the network was judged on never become texts to learn from, nor the other way round. Its words "
        "stay those of its first training; a new class gets an output of its own."
    )


def _again(run: Run) -> None:
    training = run.settings.training
    st.write(_("How much of the score was luck? Train the same network on the same texts once more, and compare."))
    new = st.segmented_control(
        _("Start"),
        [True, False],
        format_func=lambda other: _("new start") if other else _("same start"),
        default=True,
        required=True,
        key="again_start",
    )
    st.caption(
        _("Other weights to begin with, and another order of the texts.")
        if new
        else _("The same weights to begin with; only the order in which the texts are read is another.")
    )
    number = training.seed + 1 if new else training.order_seed + 1
    seed = st.number_input(
        _("Seed"), 0, 2**31 - 1, number, key=f"again_seed_{new}",
        help=_("The same number always gives the same training."),
    )  # fmt: skip
    if st.button(_("Train"), type="primary", icon=":material/play_arrow:", key="train_again"):
        values = {"seed": int(seed)} if new else {"order_seed": int(seed)}
        told = _("seed {seed}", seed=str(int(seed))) if new else _("order {seed}", seed=str(int(seed)))
        launch.once_more(run, values, f"{run.name} · {told}"[:120])
        st.rerun()


def say_error(run: Run) -> None:
    """Why a run could not go on as it was asked to; it is as it was before."""
    if run.status is RunStatus.STOPPED and run.error:
        st.error(problems.plain(problems.translated(run.error.message, run.error.values)), icon=":material/error:")
