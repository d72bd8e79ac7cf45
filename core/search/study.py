"""Optuna's part: which values are tried next, and which trials are hopeless. Imported by workers only.

Values are drawn by the tree-structured Parzen estimator (Bergstra et al. 2011, Watanabe 2023), pruning is by the
median of the trials before (Golovin et al. 2017). Its journal lies in the search's folder, so that a search survives
every program that works on it.
"""

from __future__ import annotations

import logging
import math
import warnings
from typing import Any

import optuna
from optuna.importance import get_param_importances
from optuna.pruners import MedianPruner
from optuna.samplers import TPESampler
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend, JournalFileOpenLock
from optuna.trial import Trial, TrialState

from core.models import architecture
from core.search.plan import Search
from core.search.space import ARCHITECTURE, AS_IT_IS, Range

FIRST = 3  # trials that are never pruned, the settings as they are among them
WARM_UP = 2  # epochs in which none is pruned
RANDOM = 6  # trials before the estimator has something to go by
FEWEST = 4  # trials that an importance needs

logging.getLogger("optuna").setLevel(logging.WARNING)


def study_of(search: Search, place: int = 0) -> optuna.Study:
    """The search's study; made, with the settings as they are as its first trial, if this is the first time.

    Each place draws its own numbers: one worker alone makes the same search from the same seed.
    """
    file = search.folder / "journal.log"
    new = not file.exists()
    # On Windows, links need rights that users do not have; this lock works everywhere.
    backend = JournalFileBackend(str(file), lock_obj=JournalFileOpenLock(str(file)))
    study = optuna.create_study(
        storage=JournalStorage(backend),
        study_name=search.search_id,
        direction="maximize",
        load_if_exists=True,
        sampler=TPESampler(n_startup_trials=RANDOM, seed=1_000 * search.settings.training.seed + place),
        pruner=MedianPruner(n_startup_trials=FIRST, n_warmup_steps=WARM_UP),
    )
    if new:
        study.enqueue_trial(as_they_are(search), skip_if_exists=True)
    return study


def as_they_are(search: Search) -> dict[str, Any]:
    """The values that the search begins with, as far as its ranges hold them."""
    now = search.settings.flat()
    values: dict[str, Any] = {}
    for one in search.ranges:
        value = now.get(one.name)
        if one.choices:
            value = (
                AS_IT_IS if isinstance(value, list) else str(value).lower() if isinstance(value, bool) else str(value)
            )
            if value in one.choices:
                values[one.name] = value
        elif value is not None and one.low <= float(value) <= one.high:
            values[one.name] = value
    return values


def drawn(trial: Trial, search: Search) -> dict[str, Any]:
    """The values of a trial: first the kind of network, then those parameters that it has."""
    ranges = {one.name: one for one in search.ranges}
    values: dict[str, Any] = {}
    if ARCHITECTURE in ranges:
        values[ARCHITECTURE] = _suggested(trial, ranges.pop(ARCHITECTURE))
    kind = values.get(ARCHITECTURE, search.settings.network.architecture)
    others = set(search.settings.flat()) - set(search.settings.network.model_dump())
    has = others | set(architecture(kind).settings.model_fields)
    return values | {name: _suggested(trial, one) for name, one in ranges.items() if name in has}


def trial_at(study: optuna.Study, place: int) -> Trial:
    """The trial of a place, if it was begun before; else the next one."""
    for known in study.get_trials(deepcopy=False, states=(TrialState.RUNNING,)):
        if known.user_attrs.get("place") == place:
            return Trial(study, known._trial_id)
    trial = study.ask()
    trial.set_user_attr("place", place)
    return trial


def is_done(study: optuna.Study, place: int) -> bool:
    return any(
        known.user_attrs.get("place") == place and known.state.is_finished()
        for known in study.get_trials(deepcopy=False)
    )


def importances(search: Search) -> dict[str, float]:
    """What share of the differences between good and other trials each parameter explains (PED-ANOVA, Watanabe et al.
    2023), the largest first; empty while there are too few trials."""
    study = study_of(search)
    done = [one for one in study.get_trials(deepcopy=False) if one.state is TrialState.COMPLETE]
    if len(done) < FEWEST or len({one.value for one in done}) < 2:
        return {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that few trials say little is said on the page
        found = get_param_importances(study)
    return {name: float(share) for name, share in found.items() if math.isfinite(share)}


def _suggested(trial: Trial, one: Range) -> Any:
    if one.choices:
        return trial.suggest_categorical(one.name, one.choices)
    if one.whole:
        return trial.suggest_int(one.name, round(one.low), round(one.high), log=one.log)
    return trial.suggest_float(one.name, one.low, one.high, log=one.log)
