"""Parts of the texts that were kept: their names, keeping and forgetting them, and how right runs are on them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from core.evaluation.evaluate import Evaluation
from core.evaluation.kept_slices import KeptSlice, KeptSlices
from core.runs.records import Run
from core.text.texts import all_of
from dashboard.ui import results, state
from dashboard.ui.i18n import _, number


def of(run: Run) -> KeptSlices:
    return KeptSlices(state.settings_of_machine().home, run.dataset_fingerprint)


def title(slice: KeptSlice) -> str:
    """What a part is called."""
    if slice.kind == "length":
        return _("{range} words", range=_range(slice))
    if slice.kind != "column":
        return _("with “{word}”", word=slice.find)
    value = _range(slice) if slice.value is None else slice.value or _("(empty)")
    return _("{column}: {value}", column=slice.find, value=value)


def held(run: Run, evaluation: Evaluation, slice: KeptSlice) -> NDArray[np.bool_]:
    """(test texts,) which are in it. Raises a PatternError."""
    values = None
    if slice.kind == "column" and slice.find in results.kept_columns(run):
        values = results.kept_values(run, slice.find, evaluation.predictions["row"].to_numpy(dtype=np.int64))
    return slice.held(all_of(evaluation.predictions["text"]), values)


def offer(run: Run, parts: Sequence[tuple[str, KeptSlice]]) -> None:
    """Keep one of the parts in view, by its title; and forget kept ones."""
    store = of(run)
    with st.popover(_("Keep a part"), icon=":material/bookmark_add:"):
        st.write(_("A part that is kept is shown again for other trainings on these texts, and in comparisons."))
        titles = [name for name, _slice in parts]
        chosen = st.selectbox(_("Part"), titles, key=f"keep_part_{run.run_id}")
        if st.button(_("Keep it"), type="primary", key="keep_slice", disabled=chosen is None):
            store.add(dict(parts)[str(chosen)])
            st.rerun()
        there = store.all()
        for place, each in enumerate(there):
            left, right = st.columns([4, 1], vertical_alignment="center")
            left.text(title(each))
            if right.button("", icon=":material/delete:", key=f"forget_slice_{place}", help=_("Forget this part")):
                store.remove(each)
                st.rerun()


def table(runs: Sequence[tuple[str, Run]]) -> pd.DataFrame:
    """Accuracy of each run, by its name, on each kept part: columns part, texts, then the names; shares of one."""
    rows = []
    for each in of(runs[0][1]).all() if runs else []:
        row: dict[str, object] = {"part": title(each), "texts": 0}
        for name, run in runs:
            evaluation = results.evaluation(run)
            if evaluation is None:
                continue
            inside = held(run, evaluation, each)
            right = (evaluation.predictions["label"] == evaluation.predictions["predicted"]).to_numpy()
            row["texts"] = int(inside.sum())
            row[name] = float(right[inside].mean()) if inside.any() else np.nan
        rows.append(row)
    return pd.DataFrame(rows)


def _range(slice: KeptSlice) -> str:
    if slice.low == slice.high:
        return number(slice.low)
    return _("{low} to {high}", low=slice.low, high=slice.high)
