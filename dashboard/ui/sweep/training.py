"""What happens to the runs of a sweep: begun, stopped, gone on with."""

from __future__ import annotations

from core.config import RunSettings
from core.data.dataset import Dataset
from core.data.usable import require_trainable
from core.models import architecture
from core.runs.records import Run, RunStatus
from core.runs.sweeps import create, variants
from dashboard.ui import launch, state
from dashboard.ui.i18n import _
from dashboard.ui.sweep import choices


def start(dataset: Dataset, base: RunSettings, chosen: list[choices.Choice]) -> None:
    """A run for the settings as they are and one for each choice. Raises DataError or SettingsError."""
    require_trainable(dataset)
    vary: dict[str, list[str]] = {}
    for name, value in chosen:
        vary.setdefault(name, []).append(value)
    tried = variants(base, vary)
    store = state.store()
    title = f"{_(architecture(base.network.architecture).title)} · {dataset.name}"
    names = [f"{title} · {choices.difference(variant.settings, base)}" for variant in tried]
    sweep_id, runs = create(store, store.save_dataset(dataset), tried, names)
    state.look_at_sweep(sweep_id)
    launch.train_in_order(runs)


def stop(runs: list[Run]) -> None:
    """The last first, so that none begins because the one before it has ended."""
    for run in reversed(runs):
        if not run.status.over:
            state.store().request_stop(run.run_id)


def unfinished(runs: list[Run]) -> list[Run]:
    """Those that were stopped before they began, or were lost with an engine."""
    return [
        run
        for run in runs
        if run.status is RunStatus.INTERRUPTED or (run.status is RunStatus.STOPPED and not run.has_network)
    ]


def go_on(runs: list[Run]) -> None:
    for run in runs:
        state.store().continue_run(run.run_id, 0)
    launch.train_in_order([run.run_id for run in runs])
