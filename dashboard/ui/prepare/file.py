"""The whole preparation as one file: kept, taken from elsewhere, or from an earlier training."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from core.messages import N_
from core.runs.records import Run
from core.text.preparation_file import FILE_NAME, PreparationFile
from core.text.prepare import Prepared
from dashboard.ui import draft, problems, settings_table, state
from dashboard.ui.i18n import _, date

SOURCES = {"file": N_("from a file"), "run": N_("from an earlier training")}


def show(prepared: Prepared | None) -> None:
    """What can be saved of the draft's preparation, and the ways to take another one."""
    with st.expander(_("The preparation as a file"), icon=":material/description:"):
        st.write(
            _("All of the above, and how the texts are divided, in one file: to keep, to share, or to use on other "
              "texts.")
        )  # fmt: skip
        downloads(PreparationFile.of(draft.settings()), prepared.encoder.to_json if prepared else None)
        source = st.segmented_control(
            _("Take another preparation"), list(SOURCES), format_func=lambda each: _(SOURCES[each]), key="take_from"
        )
        with problems.shown():
            file = _uploaded() if source == "file" else _of_a_run() if source == "run" else None
            if file is not None:
                _offer(file)


def downloads(file: PreparationFile, tokenizer: Callable[[], str] | None) -> None:
    """The preparation and, if it is there, the tokenizer's file, which holds the vocabulary."""
    with st.container(horizontal=True):
        st.download_button(
            _("Download the preparation"), file.to_json(), file_name=FILE_NAME, mime="application/json",
            icon=":material/download:", on_click="ignore", key="download_preparation",
        )  # fmt: skip
        if tokenizer is not None:
            st.download_button(
                _("Download the tokenizer"), tokenizer, file_name="tokenizer.json", mime="application/json",
                icon=":material/download:", on_click="ignore", key="download_tokenizer",
                help=_("The vocabulary that was learned from the training texts, in the format of the library "
                       "tokenizers."),
            )  # fmt: skip


def _uploaded() -> PreparationFile | None:
    given = st.file_uploader(_("A preparation.json"), type="json", key="preparation_file", max_upload_size=5)
    return PreparationFile.from_json(given.getvalue()) if given is not None else None


def _of_a_run() -> PreparationFile | None:
    runs = {run.run_id: run for run in state.store().runs()}
    if not runs:
        st.caption(_("There is no training yet."))
        return None
    chosen = st.selectbox(
        _("Training"), list(runs), index=None, placeholder=_("Choose a training"),
        format_func=lambda run_id: _titled(runs[run_id]), key="preparation_run",
    )  # fmt: skip
    return PreparationFile.of(runs[chosen].settings) if chosen else None


def _titled(run: Run) -> str:
    return f"{run.name} ({date(run.created)})"


def _offer(file: PreparationFile) -> None:
    """What would change, and the button that does it."""
    now = draft.settings()
    shown = settings_table.differing({"now": now, "then": file.applied(now)}, groups=("preparation", "split"))
    if shown.empty:
        st.caption(_("It is the preparation that is set here already."))
        return
    shown.columns = [shown.columns[0], _("Now"), _("After")]
    st.dataframe(shown, hide_index=True)
    st.button(
        _("Use this preparation"), type="primary", icon=":material/check:", key="use_preparation",
        on_click=draft.take_preparation, args=(file,),
    )  # fmt: skip
