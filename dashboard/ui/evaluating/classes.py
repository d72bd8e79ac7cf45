"""How well each class is answered, and where the line between yes and no could be drawn for it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.evaluation.areas import curve
from core.evaluation.evaluate import Evaluation
from core.evaluation.intervals import labels
from core.evaluation.references import REFERENCES
from core.evaluation.slices import FEW
from core.runs.records import Run
from dashboard.ui import charts, results, scoring
from dashboard.ui.evaluating import beside, ranges
from dashboard.ui.i18n import _, ngettext
from dashboard.ui.problems import plain


def by_class(run: Run, evaluation: Evaluation) -> None:
    """Precision, recall and F1 of each class, with their ranges."""
    rows = ranges.of_run(run, evaluation).by_class
    columns = {_("Precision"): "precision", _("Recall"): "recall", "F1": "f1"}
    table = pd.DataFrame({_("Class"): rows["name"], _("Test texts"): rows["texts"]})
    for title, name in columns.items():
        bounds = zip(rows[name], rows[f"{name}_low"], rows[f"{name}_high"], strict=True)
        table[title] = [ranges.ranged(*three) for three in bounds]
    st.dataframe(table, hide_index=True)
    st.caption(
        _("Precision: how often the answer “this class” is right. Recall: how many texts of the class are found. "
          "F1 is high only if both are.")
    )  # fmt: skip
    st.caption(_("In brackets, the range in which the true value likely lies (95%)."))
    beside.show(run, evaluation, _("Class"), _("Test texts"), lambda found: found.by_class, f"beside_{run.run_id}")
    few = int((rows["texts"] < FEW).sum())
    if few:
        st.warning(
            ngettext(
                "{count} class has fewer than {few} test texts: its numbers say nearly nothing.",
                "{count} classes have fewer than {few} test texts: their numbers say nearly nothing.",
                few,
                few=FEW,
            )
        )


def curves(run: Run, evaluation: Evaluation) -> None:
    """ROC and precision/recall curve of one class, with those of the simpler methods."""
    names = evaluation.class_names
    chosen = st.selectbox(_("Class"), names, index=1 if len(names) == 2 else 0, key=f"curve_of_{run.run_id}")
    place = names.index(chosen)
    row = ranges.of_run(run, evaluation).by_class.iloc[place]
    positive = labels(evaluation) == place
    if not 0 < positive.sum() < len(positive):
        st.write(_("These curves need test texts of this class and of another one."))
        return
    systems = {scoring.title(run): evaluation}
    systems |= {_(REFERENCES[name]): item for name, item in results.references(run).items() if name != "majority"}
    tables = {title: curve(item.probabilities[:, place], labels(item) == place) for title, item in systems.items()}
    areas = [ranges.ranged(*(row[f"{kind}_area{bound}"] for bound in ("", "_low", "_high"))) for kind in ("roc", "pr")]
    left, right = st.columns(2)
    with left:
        charts.show(charts.trade_off(tables, "roc", float(positive.mean())), key="roc")
        st.caption(
            plain(_("Area under the ROC curve: {area}. So often is a text of the class “{name}” given more of it than "
                    "another text; 50% is guessing.", area=areas[0], name=chosen))
        )  # fmt: skip
    with right:
        charts.show(charts.trade_off(tables, "precision_recall", float(positive.mean())), key="precision_recall")
        st.caption(
            plain(_("Area under the precision/recall curve: {area}. The more of the class is to be found, the more "
                    "others are taken for it; this is the mean precision on that way.", area=areas[1]))
        )  # fmt: skip
