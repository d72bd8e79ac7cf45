"""Use: ask the network about a text or a file, and take it home as a zip."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.data import readers
from core.insight.network import Network
from core.runs import jobs
from core.runs.records import Run
from dashboard.ui import by_task, charts, empty, exporting, problems, reading, reporting, results, state, upload, ways
from dashboard.ui.i18n import _, ngettext, percent


def page() -> None:
    st.title(_("Use"))
    with problems.shown():
        run = empty.trained_run()
        if run is None:
            return
        st.caption(problems.plain(run.name))
        if by_task.page(run, "use"):
            return
        network = results.network(run)
        one, file, home = st.tabs([_("One text"), _("A file"), _("Take it home")])
        with one:
            _one_text(run, network)
        with file:
            _file(run)
        with home:
            exporting.offer(run)
            reporting.offer(run)
        ways.on(("texts", _("Train on other texts")), ("runs", _("All runs")))


def _one_text(run: Run, network: Network) -> None:
    text = st.text_area(
        _("Your text"), key=f"use_text_{run.run_id}", height=100, max_chars=20_000, persist_state="session",
        help=_("Press Ctrl+Enter to ask."),
    )  # fmt: skip
    if not (text or "").strip():
        st.caption(_("Type a text, and the network says what it thinks of it."))
        return
    answering = state.store().load_answering(run.run_id)
    probabilities = answering.probabilities(network.predict([text or ""]))[0]
    place = int(answering.answers(probabilities[None])[0])
    if answering.usual or place == int(probabilities.argmax()):
        reading.answer(probabilities, network.class_names)
    elif place < 0:
        st.markdown(_("The network **does not know**: its likeliest class has {probability} only.",
                      probability=percent(float(probabilities.max()), 0)))  # fmt: skip
    else:
        st.markdown(_("The network answers **{answer}**, for its probability of {probability} is over the line.",
                      answer=problems.plain(network.class_names[place]),
                      probability=percent(float(probabilities[place]), 0)))  # fmt: skip
    charts.show(charts.probabilities(probabilities, network.class_names), key="use_probabilities")
    st.caption(_("How sure the network is of each class; over all classes, the bars add up to 100%."))


def _file(run: Run) -> None:
    st.write(_("Upload a file with one text per row, and download it with the network's answers beside each text."))
    file = st.file_uploader(
        _("A table of texts: CSV, TXT, Excel, JSON or Parquet"), type=upload.kinds(), key=f"score_{run.run_id}"
    )
    if file is None:
        return
    table = upload.read(file)
    columns = [str(column) for column in table.frame.columns]
    column = st.selectbox(_("Column of the texts"), columns, columns.index(readers.guess_columns(table.frame).text))
    exporting.sharing()
    with st.spinner(_("The network reads your texts…")):
        how = state.store().load_answering(run.run_id).to_json()
        scored = _scored(run.run_id, run.test_looks, how, file.file_id, column, table.frame)
    st.dataframe(scored.head(200), hide_index=True, height=300)
    st.download_button(
        ngettext("Download {count} row with its answer", "Download {count} rows with their answers", len(scored)),
        # The mark at the start lets spreadsheets read accents rightly.
        scored.to_csv(index=False).encode("utf-8-sig"),
        file_name=file.name.rsplit(".", 1)[0] + "-" + _("answers") + ".csv",
        mime="text/csv",
        icon=":material/download:",
        type="primary",
        on_click="ignore",
    )


@st.cache_data(max_entries=3, show_spinner=False)
def _scored(run_id: str, test_looks: int, how: str, file_id: str, column: str, _table: pd.DataFrame) -> pd.DataFrame:
    scored: pd.DataFrame = state.engine().short(jobs.predict_file, run_id, _table, column)
    return scored
