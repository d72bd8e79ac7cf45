"""Training on what is labelled so far, and what that network reached on the texts drawn at random."""

from __future__ import annotations

import streamlit as st

from core.data.usable import usable
from core.runs.records import Run
from core.training.recipes import recipe
from dashboard.ui import launch, live, problems, results, scoring, state, ways
from dashboard.ui.i18n import _, ngettext, percent
from dashboard.ui.labelling import session

_REFRESH_SECONDS = 1.5


def start(name: str) -> None:
    """A run with the recommended settings; it suggests as soon as it has ended."""
    dataset = session.dataset(name)
    settings = recipe("recommended", "lstm", len(usable(dataset)))
    title = ngettext("{name}, {count} label", "{name}, {count} labels", len(dataset), name=dataset.name)
    run_id = launch.start(dataset, settings, title)
    session.desk().note(name, {"run": run_id})


def watch(name: str) -> None:
    """The last training on the texts of a session, while it goes on and afterwards."""
    runs = session.now(name).runs
    if not runs:
        return
    run = state.store().run(runs[-1])
    over = run.status.over
    watching = not over or live.waits_for_references(run)
    status = st.fragment(_status, run_every=_REFRESH_SECONDS if watching else None, key="label_watch")
    status(run.run_id, watching, over)
    if over:
        _score(run)


def _status(run_id: str, watching: bool, was_over: bool) -> None:
    with problems.shown():
        state.look_after_runs()
        run = state.store().run(run_id)
        if watching and run.status.over and not (was_over and live.waits_for_references(run)):
            st.rerun()  # its suggestions are there now, or what it is compared to is
        live.status(run)


def _score(run: Run) -> None:
    evaluation = results.evaluation(run) if run.has_network else None
    if evaluation is None:
        return
    test = evaluation.test
    st.write(
        ngettext(
            "On the {count} test text that it had never seen, the network is right {accuracy} of the time; with other "
            "texts of the same kind, expect between {low} and {high}.",
            "On the {count} test texts that it had never seen, the network is right {accuracy} of the time; with other "
            "texts of the same kind, expect between {low} and {high}.",
            test["texts"],
            accuracy=percent(test["accuracy"]),
            low=percent(test["accuracy_low"]),
            high=percent(test["accuracy_high"]),
        )
    )
    references = results.references(run)
    if "majority" in references:
        usual = references["majority"]
        st.write(
            _("Always answering “{name}”, the most frequent class, would be right {accuracy} of the time.",
              name=problems.plain(str(usual.predictions["predicted"].iloc[0])),
              accuracy=percent(usual.test["accuracy"]))
        )  # fmt: skip
    scoring.against_main(run, evaluation, references)
    ways.link("evaluate", _("See the scores"))
