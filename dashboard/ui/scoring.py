"""A network's score beside the majority class, pooling, and TF-IDF with logistic regression, and what may be said."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.evaluation.comparison import Difference, compare_tables
from core.evaluation.evaluate import Evaluation
from core.evaluation.references import REFERENCES
from core.models import architecture
from core.runs.records import Run
from dashboard.ui import charts, launch, problems, results
from dashboard.ui.i18n import _, number, percent
from dashboard.ui.problems import plain


def title(run: Run) -> str:
    """The run's kind of network, as a name in sentences."""
    return _(architecture(run.settings.network.architecture).title)


def beside_references(run: Run, evaluation: Evaluation) -> None:
    """The comparison to averaging in one sentence, then all scores on the same texts, then their table."""
    references = results.references(run)
    if run.references_error is not None:
        _try_again(run)
    elif not references:
        launch.compare_left_out(run)
        st.caption(_("The simpler methods to compare with are still being trained; they will be here in a moment."))
    if not references:
        return
    against_pooling(run, evaluation, references)
    systems = {title(run): evaluation} | {_(REFERENCES[name]): item for name, item in references.items()}
    table = pd.DataFrame([_row(name, item) for name, item in systems.items()])
    charts.show(
        charts.scores(table.rename(columns={"accuracy": "value"})[["system", "value", "low", "high"]]), key="scores"
    )
    st.caption(_("Accuracy on the same test texts, with the range in which the true value likely lies (95 %)."))
    with st.expander(_("All scores as a table")):
        _table(table)


def _try_again(run: Run) -> None:
    """Why the comparison is not there, and the way to it."""
    assert run.references_error is not None
    reason = problems.translated(run.references_error.message, run.references_error.values)
    st.warning(plain(_("The simpler methods to compare with could not be trained. {reason}", reason=reason)))
    if st.button(_("Train them again"), icon=":material/refresh:"):
        launch.compare_again(run.run_id)
        st.rerun()


def against_pooling(run: Run, evaluation: Evaluation, references: dict[str, Evaluation]) -> None:
    """Did it beat averaging? One plain sentence that claims no more than the numbers carry."""
    if "pooling" not in references or run.settings.network.architecture == "pooling":
        return
    difference = compare_tables(evaluation.predictions, references["pooling"].predictions)
    if difference is not None:
        st.markdown(f"**{said(difference, title(run), _(REFERENCES['pooling']))}**")


def said(difference: Difference, name: str, reference: str) -> str:
    """The sentence of a comparison in the reader's language."""
    values = {key: number(value, 1) if key != "texts" else number(value) for key, value in difference.values.items()}
    return _(difference.sentence, name=name, reference=reference, **values)


def _row(name: str, item: Evaluation) -> dict[str, object]:
    test = item.test
    return {
        "system": name,
        "accuracy": test["accuracy"],
        "low": test["accuracy_low"],
        "high": test["accuracy_high"],
        "precision": test["macro_precision"],
        "recall": test["macro_recall"],
        "f1": test["macro_f1"],
        "loss": test["loss"],
    }


def _table(table: pd.DataFrame) -> None:
    shown = {
        "system": _("Method"),
        "accuracy": _("Accuracy"),
        "precision": _("Precision (macro)"),
        "recall": _("Recall (macro)"),
        "f1": _("F1 (macro)"),
        "loss": _("Loss"),
    }
    percents = {shown[key]: st.column_config.NumberColumn(format="percent") for key in list(shown)[1:5]}
    st.dataframe(table[list(shown)].rename(columns=shown), hide_index=True, column_config=percents)
    best = table.loc[table["accuracy"].idxmax()]
    st.caption(_("Highest accuracy here: {method}, {accuracy}.",
                 method=str(best["system"]), accuracy=percent(float(best["accuracy"]))))  # fmt: skip


def verdict(run: Run, named: bool = False) -> None:
    """What the finished run reached, and whether it beat averaging, in two sentences."""
    evaluation = results.evaluation(run) if run.has_network else None
    if evaluation is None:
        return
    if named:
        st.markdown(f"**{plain(run.name)}**")
    test = evaluation.test
    st.write(_("On {texts} texts that it had never seen, it is right {accuracy} of the time.",
               texts=test["texts"], accuracy=percent(test["accuracy"])))  # fmt: skip
    against_pooling(run, evaluation, results.references(run))
