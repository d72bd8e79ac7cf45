"""Find a learning rate: asked for on the page Design, worked out by a long job, taken over with a click."""

from __future__ import annotations

from typing import Any

import streamlit as st

from core.data.dataset import Dataset
from core.runs.longjobs import LongJob
from core.training.range_finder import RangeFound, relevant
from dashboard.ui import charts, draft, longjobs, problems, state
from dashboard.ui.i18n import _, number


def offer(dataset: Dataset) -> None:
    """Folded away: what it is, a button, and the curve once it is there."""
    settings = relevant(draft.settings()).model_dump(mode="json")
    asked: dict[str, Any] = {"fingerprint": dataset.fingerprint, "settings": settings}
    job = LongJob.about(state.settings_of_machine().home, "find_rate", **asked)
    with st.expander(_("Find a learning rate"), icon=":material/show_chart:"):
        st.caption(
            _("A copy of the network is trained for some seconds while the learning rate grows from tiny to huge. "
              "Where the loss falls, the steps are large enough to learn; where it rises, they are too large. "
              "Your settings stay as they are until you press “Use”.")
        )  # fmt: skip
        if job.progress().state in ("new", "cancelled"):
            st.button(_("Find it"), icon=":material/search:", on_click=_ask, args=(dataset, job, asked))
            return
        found: RangeFound | None = longjobs.answer("find_rate", **asked)
        if found is not None:
            _show(found)


def _ask(dataset: Dataset, job: LongJob, asked: dict[str, Any]) -> None:
    with problems.shown():
        state.store().save_dataset(dataset)
        longjobs.only("find_rate", **asked)
        longjobs.ask(job, "find_rate", **asked)


def _show(found: RangeFound) -> None:
    charts.show(charts.learning_rates(found.rates, found.losses, found.proposal), key="learning_rates")
    if found.proposal is None:
        st.write(
            _("The loss falls clearly at no learning rate, so there is nothing to propose. More texts, larger batches "
              "or less dropout may show more.")
        )  # fmt: skip
        return
    now = draft.settings().training.learning_rate
    st.write(
        _("A learning rate of about {proposal} is proposed: where the loss falls most steeply, but at most a tenth of "
          "the one with the lowest loss. Yours is {now}. A short test proposes; a whole training decides.",
          proposal=number(found.proposal), now=number(now))
    )  # fmt: skip
    st.button(
        _("Use {rate}", rate=number(found.proposal)), icon=":material/check:", key="use_rate",
        disabled=now == found.proposal, on_click=_use, args=(found.proposal,),
    )  # fmt: skip


def _use(rate: float) -> None:
    draft.change("learning_rate", rate)
    # The widget that shows it is told anew what it shows.
    st.session_state.pop(f"{draft.WIDGET}learning_rate", None)
