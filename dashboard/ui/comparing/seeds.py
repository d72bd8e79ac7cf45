"""Further seeds of what was trained once, so that kinds of networks are compared and not single ones."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.runs.compared import Kind
from core.runs.records import Run
from dashboard.ui import launch, run_list, state
from dashboard.ui.comparing.coming import COMPARED
from dashboard.ui.i18n import _, ngettext

SEEDS = 3


def offer(chosen: Sequence[Kind]) -> None:
    """A button that trains what is missing; nothing where each has its seeds, or its texts are gone."""
    missing = {kind.name: _missing(kind) for kind in chosen}
    count = sum(map(len, missing.values()))
    if not count or not state.store().has_dataset(chosen[0].runs[0].dataset_fingerprint):
        return
    if st.button(
        ngettext("Train {count} more seed", "Train {count} more seeds", count), icon=":material/casino:",
        key="more_seeds", help=_("Each network is trained until there are three of it, with other random numbers."),
    ):  # fmt: skip
        _train([(kind.runs[0], seed) for kind in chosen for seed in missing.get(kind.name, ())])
        st.rerun()


def _missing(kind: Kind) -> list[int]:
    there = {run.settings.training.seed for run in kind.runs}
    free = (seed for seed in range(100) if seed not in there)
    return [next(free) for _place in range(max(0, SEEDS - len(kind.runs)))]


def _train(wanted: Sequence[tuple[Run, int]]) -> None:
    """Rounds of seeds, so that each network has its second one before any has its third."""
    store = state.store()
    made = []
    for run, seed in sorted(wanted, key=lambda pair: pair[1]):
        name = " · ".join([run.name, _("seed {seed}", seed=str(seed))])[:120]
        settings = run.settings.with_values({"seed": seed})
        made.append(store.create_run(settings, run.dataset_fingerprint, name, tags={launch.AT_ONCE: "yes"}))
    run_list.tick(COMPARED, made)
    launch.train_in_order(made)
