"""How right the compared trainings are on the parts of the texts that the reader has kept."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.evaluation.slices import FEW
from core.runs.compared import Kind
from dashboard.ui.evaluating import kept_slices
from dashboard.ui.i18n import NOTHING, _, number, percent
from dashboard.ui.problems import plain

_MOST = 6


def show(kinds: Sequence[Kind]) -> None:
    """Nothing where no part is kept. Of several seeds, the first."""
    chosen = [(kind.name, kind.runs[0]) for kind in kinds if kind.runs[0].settings.task == "classification"][:_MOST]
    if not chosen or not kept_slices.of(chosen[0][1]).all():
        return
    st.subheader(_("On the parts that you kept"))
    found = kept_slices.table(chosen)
    few = [str(part) for part in found.loc[found["texts"] < FEW, "part"]]
    shown = found.rename(columns={"part": _("Part"), "texts": _("Test texts")})
    shown[_("Test texts")] = [number(count) for count in found["texts"]]
    for name, _run in chosen:
        if name in shown:
            shown[name] = [NOTHING if value != value else percent(value) for value in found[name]]
    st.dataframe(shown, hide_index=True)
    if any(len(kind.runs) > 1 for kind in kinds):
        st.caption(_("Of several seeds, the first one."))
    if few:
        listed = ", ".join(_("“{name}”", name=name) for name in few)
        st.warning(plain(_("Too few texts to say anything (fewer than {few}): {listed}.", few=FEW, listed=listed)))
