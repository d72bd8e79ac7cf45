"""Look inside: the network's memory word by word, for any sentence; two of them side by side, or in another order."""

from __future__ import annotations

import streamlit as st

from core.insight.network import Network
from core.messages import N_
from core.runs.records import Run
from dashboard.ui import by_task, empty, order, problems, reading, results, state, ways
from dashboard.ui.i18n import _

_MODES = {
    "one": N_("One sentence"),
    "sentences": N_("Two sentences"),
    "runs": N_("Two runs"),
    "order": N_("Word order"),
}


def page() -> None:
    st.title(_("Look inside"))
    with problems.shown():
        run = empty.trained_run()
        if run is None:
            return
        st.caption(problems.plain(run.name))
        if by_task.page(run, "inside"):
            return
        mode = st.segmented_control(
            _("Compare"),
            list(_MODES),
            format_func=lambda name: _(_MODES[name]),
            default="one",
            key="inside_mode",
            required=True,
            persist_state="session",
            label_visibility="collapsed",
        )
        {"one": _one, "sentences": _two_sentences, "runs": _two_runs, "order": _order}[mode or "one"](run)
        ways.on(("compare", _("Compare runs")), ("use", _("Use the network")))


def _one(run: Run) -> None:
    _side_by_side([(results.network(run), _sentence(run, 0))])


def _two_sentences(run: Run) -> None:
    network = results.network(run)
    texts = []
    for place, column in enumerate(st.columns(2)):
        with column:
            texts.append(_sentence(run, place))
    _side_by_side([(network, text) for text in texts])


def _two_runs(run: Run) -> None:
    others = [other for other in state.store().runs() if other.has_network and other.run_id != run.run_id]
    if not others:
        st.write(_("There is no second trained run yet. Train another network, for example with another cell."))
        return
    names = {other.run_id: other for other in others}
    second = st.selectbox(
        _("Second run"), list(names), format_func=lambda run_id: names[run_id].name, key="inside_second"
    )
    text = _sentence(run, 0)
    for column, shown in zip(st.columns(2), (run, names[second]), strict=True):
        column.markdown(f"**{problems.plain(shown.name)}**")
    _side_by_side([(results.network(run), text), (results.network(names[second]), text)])


def _order(run: Run) -> None:
    order.show(run, results.network(run), _sentence(run, 0))


def _sentence(run: Run, place: int) -> str:
    """The sentence to read; at first one of the run's own test texts, a different one for each box."""
    key = f"inside_text_{run.dataset_fingerprint}_{place}"
    if key not in st.session_state:
        st.session_state[key] = _own_example(run, place)
    text = st.text_area(
        _("Your sentence"), key=key, height=80, max_chars=20_000, persist_state="session",
        help=_("Any text. Press Ctrl+Enter to read it."),
    )  # fmt: skip
    return text or ""


def _own_example(run: Run, place: int) -> str:
    evaluation = results.evaluation(run)
    if evaluation is None:
        return ""
    tests = evaluation.predictions
    # Neither the shortest nor the longest: something that fits on a screen and still has a story.
    around_median = tests.iloc[(tests["text"].str.len() - tests["text"].str.len().median()).abs().argsort()]
    return str(around_median["text"].iloc[min(place, len(tests) - 1)])[:400]


def _side_by_side(readings: list[tuple[Network, str]]) -> None:
    """Each network's reading of its text, in columns, with the same colours for the same states."""
    traces = [network.trace(text) if text.strip() else None for network, text in readings]
    limit = reading.strongest([trace for trace in traces if trace])
    for place, (column, (network, _text), trace) in enumerate(
        zip(st.columns(len(readings)), readings, traces, strict=True)
    ):
        with column:
            if trace is None:
                st.caption(_("Type a sentence to see what the network makes of it."))
            else:
                reading.full(trace, network.class_names, f"reading{place}", limit)
