"""Use, for a network that writes: texts on demand, with what of them is copied and what else might have come."""

from __future__ import annotations

from typing import Any

import streamlit as st

from core.generation.rows import NO_LABEL
from core.generation.sampling import Sampling
from core.generation.writer import Writer
from core.generation.written import Written
from core.parameters import declared
from core.runs.records import Run
from core.runs.writing import Sample, Samples, write_texts
from dashboard.ui import charts, exporting, problems, results, state, ways
from dashboard.ui.charts.writing import next_tokens, token_title
from dashboard.ui.i18n import _, percent
from dashboard.ui.problems import plain
from dashboard.ui.writing.live import shown

_MOST = 20
_SHORTEST_WORDS, _SHORTEST = 60, 200


def page(run: Run) -> None:
    """Ask for texts, or take the network home."""
    write, home = st.tabs([_("Write"), _("Take it home")])
    with write, problems.shown():
        _write(run, results.writer(run))
    with home:
        exporting.offer(run)
    ways.on(("texts", _("Train on other texts")), ("runs", _("All runs")))


def _write(run: Run, writer: Writer) -> None:
    label = label_choice(run, writer)
    start = st.text_input(
        _("Beginning"), key=f"write_start_{run.run_id}", max_chars=2_000, persist_state="session",
        placeholder=_("Leave it empty, and the network begins by itself"),
    )  # fmt: skip
    sampling, count = _how(run, writer)
    if st.button(_("Write"), type="primary", icon=":material/edit:", key="write"):
        with st.spinner(_("The network writes…")):
            st.session_state[_key(run)] = state.engine().short(
                write_texts, run.run_id, label, start or "", sampling, count
            )
    samples: Samples | None = st.session_state.get(_key(run))
    if samples is None:
        st.caption(_("Each text is drawn anew, token by token, from what the network holds likely to come next."))
        return
    if samples.unknown:
        st.caption(_("Not known to this network, and read as unknown words: {words}.",
                     words=plain(", ".join(dict.fromkeys(samples.unknown)))))  # fmt: skip
    for sample in samples.texts:
        _sample(sample)
    _how_it_came(run, samples)


def label_choice(run: Run, writer: Writer, further: str = "") -> str | None:
    """Which of its labels it shall write by; None where it learned without. `further`: ends a second one's key."""
    if list(writer.class_names) == [NO_LABEL]:
        return None
    chosen: str = st.selectbox(
        _("Label"), writer.class_names, key=f"write_label_{run.run_id}{further}", persist_state="session", width=320
    )
    return chosen


def _how(run: Run, writer: Writer) -> tuple[Sampling, int]:
    items = {item.name: item for item in declared(Sampling)}
    left, middle, right = st.columns(3)
    temperature, top_k, longest, seed = (items[name] for name in ("temperature", "top_k", "longest", "sampling_seed"))
    values: dict[str, Any] = {}
    values["temperature"] = left.slider(
        _(temperature.title), temperature.minimum, temperature.maximum, temperature.default, temperature.step,
        key="write_temperature", help=_(temperature.help), persist_state="session",
    )  # fmt: skip
    values["top_k"] = middle.number_input(
        f"{_(top_k.title)} ({_(top_k.unit)})", 0, 1_000, 0, key="write_top_k",
        help=_(top_k.help), persist_state="session",
    )  # fmt: skip
    count = right.number_input(_("How many texts"), 1, _MOST, 3, key="write_count", persist_state="session")
    with st.expander(_("More settings")):
        words = writer.settings.preparation.tokens == "words"
        first, second = st.columns(2)
        values["longest"] = first.number_input(
            f"{_(longest.title)} ({_(longest.unit)})", 1, 2_000,
            _SHORTEST_WORDS if words else _SHORTEST, key=f"write_longest_{run.run_id}", help=_(longest.help),
        )  # fmt: skip
        again = second.toggle(_("Draw the same again"), key="write_same", help=_(seed.help), persist_state="session")
    times = 0 if again else st.session_state.get("write_times", 0) + 1
    st.session_state["write_times"] = times
    return Sampling(**values, sampling_seed=times), int(count)


def _sample(sample: Sample) -> None:
    with st.container(border=True):
        st.markdown(shown(sample.written.text) + ("" if sample.written.ended else " […]"))
        copied = sample.copied
        if copied is None:
            st.caption(
                _("Whether it is copied was not looked up: its training texts are very many, or no longer stored.")
            )
            return
        if copied.nearly_all:
            st.caption(
                _("Copied: {longest} of {tokens} tokens in a row, from “{source}”.",
                  longest=copied.longest, tokens=copied.tokens, source=plain(sample.source[:160]))
            )  # fmt: skip
        else:
            st.caption(
                _("Longest run of tokens that also stands in a training text: {longest} of {tokens}.",
                  longest=copied.longest, tokens=copied.tokens)
            )  # fmt: skip


def _how_it_came(run: Run, samples: Samples) -> None:
    """Token by token, what might have come in its place."""
    if not any(sample.written.steps for sample in samples.texts):
        return
    with st.expander(_("How a text came about, token by token"), icon=":material/footprint:"):
        place = 0
        if len(samples.texts) > 1:
            place = st.selectbox(
                _("Text"), range(len(samples.texts)), format_func=lambda each: samples.texts[each].written.text[:60],
                key=f"came_text_{run.run_id}",
            )  # fmt: skip
        written: Written = samples.texts[place].written
        number = st.select_slider(
            _("Token"), range(len(written.steps)), key=f"came_token_{run.run_id}_{place}",
            format_func=lambda each: token_title(written.steps[each].token),
        ) if len(written.steps) > 1 else 0  # fmt: skip
        step = written.steps[number]
        charts.show(next_tokens(step.likeliest, step.token), key="came_likeliest")
        st.caption(
            _("“{token}” was drawn; the network gave it {share}. The bars are its probabilities before temperature "
              "and choice change them.", token=plain(token_title(step.token)), share=percent(step.probability))
        )  # fmt: skip


def _key(run: Run) -> str:
    return f"written_{run.run_id}_{run.test_looks}"
