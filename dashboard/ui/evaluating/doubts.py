"""Labels that are probably wrong: looked for among all texts, judged by the reader, and corrected in the data set."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.data.relabelled import relabelled
from core.runs.records import Run
from dashboard.ui import launch, longjobs, problems, state, ways
from dashboard.ui.evaluating import folds
from dashboard.ui.i18n import _, ngettext, percent

_SHOWN = 200


def show(run: Run) -> None:
    st.subheader(_("Labels that are probably wrong"))
    store = state.store()
    if not store.has_dataset(run.dataset_fingerprint):
        st.caption(_("The texts of this training were deleted, so their labels cannot be looked at."))
        return
    st.write(
        _("A simple model is asked about texts that it has not learned from. Where it is surely of another opinion "
          "than the label, the label may be wrong. You decide.")
    )  # fmt: skip
    key = f"doubts_{run.dataset_fingerprint}"
    if not st.session_state.get(key):
        if st.button(_("Look for wrong labels"), icon=":material/troubleshoot:", key=f"{key}_look"):
            st.session_state[key] = True
            st.rerun()
        return
    preparation = run.settings.preparation.model_dump(mode="json") | {"vectors": ""}
    cross_validation = folds.whole(run)
    asked = {"folds": cross_validation} if cross_validation else {}
    found: pd.DataFrame | None = longjobs.answer(
        "label_errors", fingerprint=run.dataset_fingerprint, preparation=preparation, **asked
    )
    if found is not None:
        _table(run, found, key)


def _table(run: Run, found: pd.DataFrame, key: str) -> None:
    if found.empty:
        st.write(_("No label stands out as wrong."))
        return
    st.write(
        ngettext("{count} label is in doubt.", "{count} labels are in doubt, the most doubtful first.", len(found))
    )
    network_right = found.attrs.get("network_right", float("nan"))
    if network_right == network_right:
        agreed = int(found["agreed"].sum())
        st.write(
            ngettext(
                "Your network was asked, too, in its cross-validation: it has not learned from the texts either, and "
                "names the same class for {count} of them. It comes first.",
                "Your network was asked, too, in its cross-validation: it has not learned from the texts either, and "
                "names the same class for {count} of them. They come first.",
                agreed,
            )
        )  # fmt: skip
    shown = found.head(_SHOWN)
    names = sorted({*run.class_names, *found["better"]})
    columns = {"text": _("Text"), "label": _("Label"), "better": _("Rather"), "sure": _("How sure")}
    table = shown[list(columns)].rename(columns=columns)
    table.insert(0, _("Correct"), value=False)
    edited = st.data_editor(
        table,
        hide_index=True,
        key=f"{key}_table",
        height=min(520, 40 + 36 * len(table)),
        disabled=[_("Text"), _("Label"), _("How sure")],
        column_config={
            _("Correct"): st.column_config.CheckboxColumn(width="small"),
            _("Text"): st.column_config.TextColumn(width="large"),
            _("Rather"): st.column_config.SelectboxColumn(options=names, required=True),
            _("How sure"): st.column_config.ProgressColumn(format="percent", min_value=0, max_value=1),
        },
    )
    if "right" in found.attrs:
        st.caption(
            _("The model itself agrees with {share} of the labels. The weaker it is, the more of these texts are only "
              "hard, and their labels right.", share=percent(found.attrs["right"]))
        )  # fmt: skip
    if network_right == network_right:
        st.caption(_("The networks of the cross-validation agree with {share}.", share=percent(network_right)))
    st.caption(_("Tick what is wrong; another class can be chosen under “Rather”. The texts as they are now stay "
                 "stored beside the corrected ones."))  # fmt: skip
    ticked = edited[edited[_("Correct")]]
    new = {int(shown["row"].iloc[place]): str(edited[_("Rather")].iloc[place]) for place in ticked.index}
    if st.button(
        ngettext("Correct {count} label and train again", "Correct {count} labels and train again", len(new)),
        type="primary", icon=":material/edit:", disabled=not new, key=f"{key}_correct",
    ):  # fmt: skip
        dataset = relabelled(state.store().load_dataset(run.dataset_fingerprint), new)
        launch.start(dataset, run.settings, " · ".join([run.name, _("labels corrected")])[:120])
        ways.go("train")
    _caution(found)


def _caution(found: pd.DataFrame) -> None:
    pairs = found[["label", "better"]].value_counts()
    (label, better), count = pairs.index[0], int(pairs.iloc[0])
    st.caption(
        problems.plain(
            ngettext("Most often “{label}” that should rather be “{better}”: {count} text.",
                     "Most often “{label}” that should rather be “{better}”: {count} texts.",
                     count, label=str(label), better=str(better))
        )
        + " "
        + _("Test texts that were corrected are judged by their new label, so the two scores are of different tests.")
    )  # fmt: skip
