"""What can be done with the trainings that are ticked: one, or many at once."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.runs.records import Run
from core.runs.tracking import RunNotFound
from dashboard.ui import draft, problems, run_list, shelf, state, ways
from dashboard.ui.i18n import _, ngettext


def show(picked: pd.DataFrame, known: list[str]) -> None:
    """The box below the table. picked: rows of the listing; known: tags that other trainings have."""
    with st.container(border=True):
        run = _opened(picked["run_id"].iloc[0]) if len(picked) == 1 else None
        if len(picked) == 1 and run is None:
            st.write(_("This training could not be read. It may come from another version."))
        if run is not None:
            _name(run)
            shelf.used(run)
        else:
            st.write(ngettext("{count} training is ticked.", "{count} trainings are ticked.", len(picked)))
        _tags(picked, known)
        _buttons(picked, run)


def _opened(run_id: str) -> Run | None:
    try:
        return state.store().run(run_id)
    except RunNotFound:
        return None  # deleted in another tab


def _name(run: Run) -> None:
    name = st.text_input(_("Name"), value=run.name, key=f"name_{run.run_id}", max_chars=120)
    wanted = (name or "").strip()
    if wanted and wanted != run.name:
        state.store().rename(run.run_id, wanted)
        st.rerun()


def _tags(picked: pd.DataFrame, known: list[str]) -> None:
    """The tags that all of them have; what is added or taken away here is so for all of them."""
    common = [label for label in picked["labels"].iloc[0] if all(label in labels for labels in picked["labels"])]
    key = f"tags_{hash(tuple(picked['run_id']))}_{'|'.join(common)}"
    chosen = st.multiselect(
        _("Your tags"), sorted({*known, *common}), common, key=key, accept_new_options=True,
        placeholder=_("Type a tag and press Enter"), help=_("Tags of your own, to find trainings again by."),
    )  # fmt: skip
    if set(chosen) == set(common):
        return
    gone, come = set(common) - set(chosen), [label for label in chosen if label not in common]
    for run_id, labels in zip(picked["run_id"], picked["labels"], strict=True):
        state.store().set_labels(run_id, [*(label for label in labels if label not in gone), *come])
    st.rerun()


def _buttons(picked: pd.DataFrame, run: Run | None) -> None:
    with st.container(horizontal=True):
        if run is not None:
            if st.button(_("Open"), type="primary", icon=":material/open_in_new:"):
                run_list.open_run(run)
            if st.button(_("Use its settings again"), icon=":material/content_copy:"):
                state.look_at_data(run.dataset_fingerprint)  # first: a recipe depends on the number of texts
                draft.take(run.settings)
                ways.go("design")
        put_away = bool(picked["archived"].all())
        label = _("Take out of the archive") if put_away else _("Put into the archive")
        icon = ":material/unarchive:" if put_away else ":material/archive:"
        if st.button(label, icon=icon, help=_("The archive keeps everything; the list only leaves it out.")):
            for run_id in picked["run_id"]:
                state.store().archive(run_id, not put_away)
            st.rerun()
        if st.button(_("Delete"), icon=":material/delete:"):
            _confirm(picked)


def _confirm(picked: pd.DataFrame) -> None:
    count = len(picked)

    @st.dialog(_("Delete this training?") if count == 1 else _("Delete these trainings?"))
    def ask() -> None:
        if count == 1:
            st.write(_("“{name}” will be gone, with its network, curves and scores. Its texts stay.",
                       name=problems.plain(picked["name"].iloc[0])))  # fmt: skip
        else:
            st.write(_("{count} trainings will be gone, with their networks, curves and scores. Their texts stay.",
                       count=count))  # fmt: skip
        with st.container(horizontal=True):
            sure = _("Delete it") if count == 1 else _("Delete {count} trainings", count=count)
            if st.button(sure, type="primary", icon=":material/delete:"):
                with problems.shown():
                    delete(list(picked["run_id"]))
                    st.rerun()
            if st.button(_("Keep it") if count == 1 else _("Keep them")):
                st.rerun()

    ask()


def delete(run_ids: list[str]) -> None:
    """Stop what still trains, then remove them one by one; those that are gone already are passed over."""
    store = state.store()
    bar = st.progress(0.0) if len(run_ids) > 20 else None
    for done, run_id in enumerate(run_ids):
        try:
            if not store.run(run_id).status.over:
                store.request_stop(run_id)
            store.delete(run_id)
        except RunNotFound:
            pass
        if st.session_state.get("run") == run_id:
            state.look_at_run(None)
        if bar is not None:
            bar.progress((done + 1) / len(run_ids))
