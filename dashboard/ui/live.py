"""The live view of a run: where it stands, and its curves."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.runs.records import Run, RunStatus
from core.runs.store import SCORING
from core.tasks import task_of
from dashboard.ui import charts, legs, problems, results, state
from dashboard.ui.i18n import _, duration, ngettext, percent

_REFERENCES_PATIENCE_SECONDS = 600
_SMOOTHED = 8  # batches


def status(run: Run) -> None:
    """One line that says what is happening, and how far it is."""
    step, total = run.progress
    match run.status:
        case RunStatus.QUEUED:
            _waiting(run)
        case RunStatus.RUNNING if run.tags.get("stop") == SCORING:
            st.progress(1.0, _("Leaving out the scoring. The network is kept…"))
        case RunStatus.RUNNING if run.tags.get("stop"):
            scoring = run.tags.get("scoring")
            said = _("Stopped. Scoring the best weights…") if scoring else _("Stopping, and keeping the best weights…")
            st.progress(min(1.0, step / max(1, total)), said)
        case RunStatus.RUNNING if run.tags.get("scoring"):
            st.progress(1.0, _("Trained. Scoring the best weights…"))
        case RunStatus.RUNNING if step == 0:
            st.progress(0.0, _("Preparing the texts and building the network…"))
        case RunStatus.RUNNING:
            st.progress(min(1.0, step / max(1, total)), _running(run))
        case RunStatus.FINISHED:
            st.progress(1.0, _finished(run))
        case RunStatus.STOPPED if not run.has_network:
            st.progress(0.0, _("Stopped before it began."))
        case RunStatus.STOPPED if not run.test_looks:
            st.progress(min(1.0, step / max(1, total)), _("Stopped. The network is kept; it was not scored."))
        case RunStatus.STOPPED:
            st.progress(min(1.0, step / max(1, total)), _("Stopped. The best weights so far are kept."))
        case RunStatus.INTERRUPTED:
            st.warning(
                _("The training was interrupted: its worker or this machine stopped. Nothing is lost; resume it from "
                  "its last checkpoint."), icon=":material/power_off:",
            )  # fmt: skip
        case RunStatus.FAILED if run.error:
            st.error(problems.plain(problems.translated(run.error.message, run.error.values)), icon=":material/error:")


def place(run: Run) -> None:
    """Where it is trained, once that is known, and how much memory that takes."""
    if "device" in run.tags:
        card = run.tags["device"]
        told = _("Computed on the GPU: {name}.", name=problems.plain(card)) if card else _("Computed on the processor.")
        if "memory" in run.tags:
            told += " " + _("It takes about {size} MB of memory.", size=int(run.tags["memory"]))
        st.caption(told)


def _waiting(run: Run) -> None:
    state_of_engine = state.engine().state()
    place = state.engine().queue_position(run.run_id)
    if not state_of_engine.warm:
        st.progress(0.0, _("Starting the engine. The first time takes about ten seconds…"))
    elif place:
        st.progress(0.0, ngettext("Waiting: {count} training is before this one.",
                                  "Waiting: {count} trainings are before this one.", place))  # fmt: skip
    else:
        st.progress(0.0, _("Starting…"))


def _running(run: Run) -> str:
    epochs = run.settings.training.epochs
    epoch = min(epochs, int(run.epoch_of(run.progress[0])) + 1)
    begun = _("Epoch {epoch} of {epochs}", epoch=epoch, epochs=epochs)
    left = run.seconds_left
    return begun if left is None else _("{begun} · at most {duration} left", begun=begun, duration=duration(left))


def _finished(run: Run) -> str:
    if run.settings.training.early_stopping:
        return _("Finished after {duration}. The best weights are kept.", duration=duration(run.seconds))
    return _("Finished after {duration}. The weights of the last epoch are kept.", duration=duration(run.seconds))


def curves(run: Run) -> None:
    """Loss and accuracy over the epochs, with the simpler methods as lines to beat."""
    history, batches = state.store().history(run.run_id), state.store().batches(run.run_id)
    if history.empty and batches.empty and run.status.over:
        return
    # Before the first point, empty axes: the browser takes a second to get ready for its first chart.
    # While it goes on, the axis stands still; early stopping then leaves no empty half.
    epochs = None if run.status.over else run.settings.training.epochs
    points = smoothed(run, batches)
    lines, marks = [(run.name, run.look, history)], legs.marks(run)
    left, right = st.columns(2)
    with left:
        charts.show(charts.curves(lines, "loss", epochs=epochs, batches=points, marks=marks), key="live_loss")
        st.caption(_("Loss: how wrong the network is. It should fall; if it rises on the validation texts while it "
                     "falls in training, the network learns by heart."))  # fmt: skip
    with right:
        made = charts.curves(lines, "accuracy", _lines(run), epochs=epochs, batches=points, marks=marks)
        charts.show(made, key="live_accuracy")
        st.caption(
            _("Accuracy: the share of right answers. With dots: validation texts, which it does not learn from.")
        )
    if not history.empty:
        last = history.iloc[-1]
        st.caption(
            _("After epoch {epoch}: validation accuracy {accuracy}, training accuracy {training}.",
              epoch=int(last["epoch"]), accuracy=percent(last["val_accuracy"]), training=percent(last["accuracy"]))
        )  # fmt: skip
    legs.say(run)


def smoothed(run: Run, batches: pd.DataFrame) -> pd.DataFrame:
    """The points within epochs. Single batches are noisy: what is drawn is the mean of the last few."""
    points = batches.rolling(_SMOOTHED, min_periods=1).mean()
    points["epoch"] = batches["step"].map(run.epoch_of)
    return points


def _lines(run: Run) -> dict[str, float]:
    found = results.references(run)
    item = task_of(run.settings)
    names = [name for name in (next(iter(item.references)), item.main_reference) if name in found]
    return {_(item.references[name]): found[name].validation["accuracy"] for name in names}


def waits_for_references(run: Run) -> bool:
    """Whether the simpler methods may still arrive for a run that is over."""
    # They prepare the same texts once more, which takes minutes of very many.
    patience = _REFERENCES_PATIENCE_SECONDS + 2 * run.seconds
    young = run.seconds_since_queued - run.seconds < patience
    return (
        run.has_network
        and young
        and run.references_error is None
        and results.references_there(run) < len(task_of(run.settings).references)
    )
