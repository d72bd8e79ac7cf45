"""Design: choose the network and how it learns; see its drawing, its size and its time before it starts."""

from __future__ import annotations

import streamlit as st

from core.data.dataset import Dataset
from core.tasks import task_of, tasks
from core.text.prepare import Prepared
from core.training.limits import LONG_SECONDS, DoesNotFit, Texts, foretell
from core.training.machine import tried_speed
from core.training.recipes import RECIPES
from dashboard.ui import (
    charts,
    controls,
    draft,
    drawing,
    empty,
    launch,
    networks,
    preparing,
    problems,
    rate,
    results,
    ways,
)
from dashboard.ui.i18n import _, duration, ngettext, number


def page() -> None:
    st.title(_("Design"))
    st.write(
        _("Choose the network that reads your texts, and how it learns. The recommended settings are a good start.")
    )
    with problems.shown():
        if not empty.has_texts():
            return
        found = preparing.current()
        if found is None:
            return
        dataset, prepared = found
        controls_side, drawing_side = st.columns([3, 2], gap="large")
        with controls_side:
            _choose_task(dataset)
            _choose_network()
            _settings()
            rate.offer(dataset)
        with drawing_side:
            _drawing(prepared)
        with st.container():  # what is said in it comes and goes; a name that is being typed below stays where it is
            possible = _foretell(prepared)
        _start(dataset, possible)


def _start(dataset: Dataset, possible: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(
            _("Name of this training"), key="run_name", max_chars=120, width=320,
            placeholder=_("chosen for you if you leave it empty"),
        )  # fmt: skip
        if st.button(
            _("Start the training"), type="primary", icon=":material/play_arrow:", key="start_training",
            disabled=not possible,
        ):  # fmt: skip
            launch.start(dataset, draft.settings(), name or "")
            ways.go("train")


def _choose_task(dataset: Dataset) -> None:
    """What the network is to do, where the texts leave a choice."""
    known = {name: item for name, item in tasks().items() if item.suits(dataset)}
    chosen = task_of(draft.settings())
    if len(known) < 2:
        return
    st.session_state["task"] = chosen.name
    st.segmented_control(
        _("What it shall do"),
        list(known),
        format_func=lambda each: _(known[each].title),
        key="task",
        required=True,
        wrap=True,
        on_change=_take_task,
    )
    st.caption(_(chosen.summary))


def _take_task() -> None:
    draft.take_task(st.session_state["task"])


def _choose_network() -> None:
    settings = draft.settings()
    known = task_of(settings).architectures()
    name = settings.network.architecture
    st.session_state["architecture"], st.session_state["recipe"] = name, settings.recipe
    st.segmented_control(
        _("Network"),
        list(known),
        format_func=lambda each: _(known[each].title),
        key="architecture",
        required=True,
        wrap=True,
        on_change=_take_network,
    )
    st.caption(_(known[name].summary))
    networks.explained(known, reads_out="read_out" not in task_of(settings).without_effect())
    st.segmented_control(
        _("Start from"),
        list(RECIPES),
        format_func=lambda each: _(RECIPES[each].title),
        key="recipe",
        required=True,
        on_change=_take_recipe,
    )
    st.caption(_(RECIPES[settings.recipe].summary))


def _take_network() -> None:
    draft.take_network(st.session_state["architecture"])


def _take_recipe() -> None:
    draft.take_recipe(st.session_state["recipe"])


def _settings() -> None:
    settings = draft.settings()
    with st.container(border=True):
        controls.settings_controls(controls.names_of(settings, "of_task", "first"))
        first = [name for group in ("network", "training") for name in controls.names_of(settings, group, "first")]
        controls.settings_controls(first, columns=3)
        with st.expander(_("More settings of the network")):
            idle = task_of(settings).without_effect() | settings.network.without_effect()
            more = [
                name for group in ("of_task", "network") for name in controls.names_of(settings, group, "more", idle)
            ]
            controls.settings_controls(more, columns=2)
        with st.expander(_("More settings of the training")):
            idle = settings.training.without_effect()
            controls.settings_controls(controls.names_of(settings, "training", "more", without=idle), columns=2)
    controls.refused()


def _drawing(prepared: Prepared) -> None:
    settings = draft.settings()
    item = task_of(settings)
    layers = item.layers(settings, item.sizes(prepared))
    charts.show(drawing.network(layers, settings.preparation.sequence_length), key="drawing")
    if item.name == "classification":
        st.caption(_output_in_words(len(prepared.class_names)))


def _foretell(prepared: Prepared) -> bool:
    """What the training will take, before it starts; False where it does not fit into the memory."""
    try:
        settings = draft.settings()
        speed = results.speed(settings.network.architecture)
        foretold = foretell(settings, Texts.of(prepared), speed or tried_speed())
    except DoesNotFit as error:
        st.error(problems.sentence(error), icon=":material/memory:")
        return False
    with st.container(horizontal=True):
        st.metric(_("Numbers to learn"), number(foretold.parameters), border=True, width=220)
        st.metric(_("Time, at the most"), f"≈ {duration(foretold.seconds)}", border=True, width=220)
        st.metric(_("Memory"), _("≈ {size} MB", size=round(foretold.memory_megabytes)), border=True, width=220)
    if speed:
        st.caption(_("Foretold from your latest trainings on this machine; early stopping often ends sooner."))
    else:
        st.caption(_("Foretold from a few timed steps on this machine; early stopping often ends sooner."))
    if foretold.seconds > LONG_SECONDS:
        st.warning(
            _("This may take {duration}. Fewer or smaller layers, shorter texts or fewer epochs take less. You can "
              "stop at any time and keep the best so far.", duration=duration(foretold.seconds)),
            icon=":material/hourglass_top:",
        )  # fmt: skip
    return True


def _output_in_words(classes: int) -> str:
    if classes == 2:
        return _(
            "Two classes: one output with a sigmoid, the probability of the second class; loss: binary cross-entropy."
        )
    return ngettext(
        "{count} class: one output per class with softmax; loss: cross-entropy.",
        "{count} classes: one output per class with softmax, probabilities that add up to one; loss: cross-entropy.",
        classes,
    )
