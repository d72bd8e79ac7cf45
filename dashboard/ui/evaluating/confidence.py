"""How far the network's confidence can be trusted, and what is answered: corrected, drawn elsewhere, or not at all.

All choices are made by the validation texts; the test texts show what comes of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from core.evaluation.answering import Answering
from core.evaluation.answers import places_of, probability_column
from core.evaluation.confidence import answered_shares, calibration, cost, temperature, tempered, threshold
from core.evaluation.evaluate import Evaluation
from core.runs.records import Run
from dashboard.ui import charts, state
from dashboard.ui.i18n import _, number, percent
from dashboard.ui.problems import plain

_SEEN = 0.02  # a calibration error below two points is not worth a word
_FEW = 50  # validation texts


@dataclass(frozen=True, eq=False)
class _Part:
    """probabilities: (texts, classes), labels: (texts,) places of the true classes."""

    probabilities: NDArray[np.float64]
    labels: NDArray[np.int64]


def show(run: Run, evaluation: Evaluation) -> None:
    if evaluation.validation_predictions is None:
        st.write(_("An earlier version trained this network and kept no answers to its validation texts, by which such "
                   "choices are made. Train it again to see this."))  # fmt: skip
        return
    names = evaluation.class_names
    validation, test = (_part(table, names) for table in (evaluation.validation_predictions, evaluation.predictions))
    kept = state.store().load_answering(run.run_id)
    if len(validation.labels) < _FEW:
        st.caption(_("There are only {count} validation texts to choose by: choose with care.",
                     count=len(validation.labels)))  # fmt: skip
    heat = _temperature(run.run_id, run.test_looks, validation)
    corrected = _calibration(run, test, heat, kept)
    heat = heat if corrected else 1.0
    validation, test = (_Part(tempered(part.probabilities, heat), part.labels) for part in (validation, test))
    line = _threshold(run, names, validation, test, kept) if len(names) == 2 else None
    least = _unsure(run, validation, test, kept)
    _keep(run, Answering(round(heat, 4), line, least), kept)


def _part(table: pd.DataFrame, names: list[str]) -> _Part:
    probabilities = table[[probability_column(name) for name in names]].to_numpy(np.float64)
    return _Part(probabilities, places_of(table["label"], names))


@st.cache_data(max_entries=20, show_spinner=False)
def _temperature(run_id: str, test_looks: int, _validation: _Part) -> float:
    return temperature(_validation.probabilities, _validation.labels)


def _calibration(run: Run, test: _Part, heat: float, kept: Answering) -> bool:
    st.subheader(_("Is it as right as it is sure?"))
    before = calibration(test.probabilities, test.labels)
    after = calibration(tempered(test.probabilities, heat), test.labels)
    charts.show(charts.calibration({_("as it is"): before.curve, _("corrected"): after.curve}), key="calibration")
    st.write(_surer(before.error, before.surer))
    st.caption(
        _("Error: by how much being sure and being right differ, on average over the test texts: {before}, and {after} "
          "once corrected by a temperature of {temperature}, found on the validation texts. It changes how sure the "
          "network is, and no answer.",
          before=percent(before.error), after=percent(after.error), temperature=number(heat, 2))
    )  # fmt: skip
    return st.toggle(
        _("Correct how sure it is"), value=kept.temperature != 1, key=f"corrected_{run.run_id}_{kept.temperature}"
    )


def _surer(error: float, surer: float) -> str:
    if error < _SEEN:
        return _("Its confidence can be trusted: when it is 80% sure, it is right about 80% of the time.")
    if surer > 0:
        return _("It is too sure of itself: on average it is {points} points surer than it is right.",
                 points=number(100 * surer, 1))  # fmt: skip
    return _("It is too modest: on average it is {points} points less sure than it is right.",
             points=number(-100 * surer, 1))  # fmt: skip


def _threshold(run: Run, names: list[str], validation: _Part, test: _Part, kept: Answering) -> float | None:
    st.subheader(_("Where the line between the two classes is drawn"))
    key = f"line_{run.run_id}"
    first, second = (plain(name) for name in names)
    st.write(_("Usually the likelier class is answered. Where one mistake is worse than the other, it is better drawn "
               "elsewhere: say what each costs."))  # fmt: skip
    left, right = st.columns(2)
    wrongly = left.number_input(
        _("A “{first}” taken for “{second}” costs", first=first, second=second), 0.0, 1e6, 1.0, key=f"{key}_wrongly"
    )
    missed = right.number_input(
        _("A “{second}” taken for “{first}” costs", first=first, second=second), 0.0, 1e6, 1.0, key=f"{key}_missed"
    )
    found = threshold(validation.probabilities[:, 1], validation.labels, wrongly, missed)
    costs = [100 * cost(test.probabilities[:, 1], test.labels, line, wrongly, missed) for line in (0.5, found)]
    st.write(
        _("Answer “{second}” from a probability of {line} on. By the validation texts that is cheapest; 100 test texts "
          "then cost {after}, and {before} with the likelier class.",
          second=second, line=percent(min(found, 1.0)), after=number(costs[1], 1), before=number(costs[0], 1))
    )  # fmt: skip
    chosen = st.toggle(_("Draw the line there"), value=kept.threshold is not None, key=f"{key}_{kept.threshold}")
    return round(found, 4) if chosen else None


def _unsure(run: Run, validation: _Part, test: _Part, kept: Answering) -> float:
    st.subheader(_("“I don't know”"))
    st.write(_("Let it answer only where it is sure enough; you read the rest yourself."))
    lowest = 100 / test.probabilities.shape[1]
    least = st.slider(
        _("At least so sure"), 0, 99, round(100 * kept.least), 1, format="%d%%", key=f"least_{run.run_id}_{kept.least}",
        help=_("The likeliest class always has at least {lowest}.", lowest=percent(lowest / 100, 0)),
    ) / 100  # fmt: skip
    charts.show(charts.answered(answered_shares(validation.probabilities, validation.labels), least), key="answered")
    sure = test.probabilities.max(axis=1) >= least
    right = test.probabilities.argmax(axis=1) == test.labels
    if not sure.any():
        st.write(_("So sure it is of no test text: it would answer nothing."))
    else:
        st.write(
            _("Of the test texts it answers {share}, and of these {accuracy} rightly; of all, {all}.",
              share=percent(float(sure.mean())), accuracy=percent(float(right[sure].mean())),
              all=percent(float(right.mean())))
        )  # fmt: skip
    st.caption(_("The curve is that of the validation texts, by which you choose; the sentence is of the test texts."))
    return float(least)


def _keep(run: Run, chosen: Answering, kept: Answering) -> None:
    store = state.store()
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(_("Answer so from now on"), type="primary", icon=":material/check:", disabled=chosen == kept,
                     key="keep_answering"):  # fmt: skip
            store.set_answering(run.run_id, chosen)
            st.rerun()
        if not kept.usual and st.button(_("Back to usual"), icon=":material/undo:", key="usual_answering"):
            store.set_answering(run.run_id, Answering())
            st.rerun()
    if kept.usual:
        st.caption(_("Kept choices hold on page Use, on the command line and in the zip. Scores stay as they are."))
    else:
        st.caption(_("These choices hold on page Use, on the command line and in the zip: {told}",
                     told=told(kept)))  # fmt: skip


def told(kept: Answering) -> str:
    """What was chosen, in words."""
    said = []
    if kept.temperature != 1:
        said.append(_("temperature {value}", value=number(kept.temperature, 2)))
    if kept.threshold is not None:
        said.append(_("second class from {value} on", value=percent(min(1.0, kept.threshold))))
    if kept.least:
        said.append(_("“don't know” below {value}", value=percent(kept.least, 0)))
    return ", ".join(said) + "."
