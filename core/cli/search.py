"""`search`: look for better settings by many trainings on the engine, then score the best one, once."""

from __future__ import annotations

import time
from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from core.cli import data
from core.cli.find import open_store
from core.cli.output import percent, say, show_table, write_json
from core.cli.train import settings_of, tell, vectors_of
from core.config import RunSettings
from core.errors import SettingsError
from core.messages import N_
from core.runs.engine import Engine
from core.runs.records import Run, RunStatus
from core.runs.searching import NothingToKeep, keep_best, places_left, ranked
from core.search.plan import Search
from core.search.space import Range, read, start_with, usual
from core.settings import Settings
from core.tasks import task_for, task_of

if TYPE_CHECKING:
    from core.runs.store import RunStore

LOOK_SECONDS = 1.0
USUAL_MINUTES = 20.0
OPTIMISM = N_(
    "The best validation score out of many is too good: it was chosen for being high. What the network is worth is its "
    "score on the test texts, which were looked at once."
)


class NoTexts(SettingsError):
    message = N_("Say which texts to search on, or which search to go on with: --resume ID.")


def run(options: Namespace) -> None:
    environment, store = Settings.from_environment(), open_store()
    search = _resumed(options, environment) if options.resume else _begun(options, environment, store)
    told = ", ".join(one.told() for one in search.ranges)
    say(f"Search {search.search_id}: {told}. Control-C stops; --resume {search.search_id} goes on.")
    engine = Engine(environment)
    try:
        engine.submit_search(search.search_id, search.session, places_left(search, store.trials(search.search_id)))
        _watch(search, store, engine)
    except KeyboardInterrupt:
        search.stop()
        say(f"\nStopped. Go on with: python -m core search --resume {search.search_id}")
        raise
    finally:
        engine.leave()
    try:
        say("Scoring the best on the test texts …")
        winner = store.run(keep_best(search, environment))
    except NothingToKeep as error:
        winner = None
        say(str(error))
    runs = store.trials(search.search_id)
    if options.json:
        write_json(content(Search.load(environment.home, search.search_id), runs, winner), options.json)
    if options.json != "-":
        _show(search, runs, winner)


def ranges_of(texts: Sequence[str], settings: RunSettings) -> list[Range]:
    """The ranges as they were typed; the usual ones if none were."""
    return [read(text, settings) for text in texts] or [usual(name, settings) for name in start_with(settings)]


def content(search: Search, runs: Sequence[Run], winner: Run | None) -> dict[str, Any]:
    """The JSON of `search`; accuracies are fractions of one, the test's only of the winner, the validation's of the
    trial that won."""
    trials = [
        {
            "trial": int(run.tags["trial"]) + 1,
            "run_id": run.run_id,
            "status": "pruned" if run.tags.get("pruned") else str(run.status),
            "values": {one.name: run.settings.flat().get(one.name) for one in search.ranges},
            "validation": {
                "accuracy": run.metrics.get("best_val_accuracy"),
                "loss": run.metrics.get("best_val_loss"),
            },
            "epochs": int(run.metrics.get("epoch", 0)),
            "seconds": run.seconds,
        }
        for run in runs
    ]
    order = ranked(search, list(runs))
    best = winner and {
        "run_id": winner.run_id,
        "validation": {"accuracy": _score(order[0])},
        "test": {name: winner.metrics.get(f"test_{name}") for name in ("accuracy", "macro_f1", "loss")},
        "settings": winner.settings.flat(),
    }
    return {
        "search": search.search_id,
        "ranges": [one.told() for one in search.ranges],
        "seconds": search.seconds(),
        "pruned": sum(bool(run.tags.get("pruned")) for run in runs),
        "trials": trials,
        "best": best,
    }


def _begun(options: Namespace, environment: Settings, store: RunStore) -> Search:
    if not options.data:
        raise NoTexts
    ranges_of(options.ranges, settings_of(options))  # what is not possible is said before a large file is read
    dataset = data.read(options)
    base = settings_of(options, tell(dataset), task_for(dataset).name)
    task_of(base).require_trainable(dataset)
    if options.vectors:
        base = base.with_values({"vectors": vectors_of(options.vectors, dataset, base, environment)})
    minutes = options.minutes or (0.0 if options.trials else USUAL_MINUTES)
    name = options.name or dataset.name
    ranges = ranges_of(options.ranges, base)
    return Search.create(environment.home, name, store.save_dataset(dataset), base, ranges, options.trials, minutes)


def _resumed(options: Namespace, environment: Settings) -> Search:
    return Search.load(environment.home, options.resume).resume(options.trials, options.minutes)


def _watch(search: Search, store: RunStore, engine: Engine) -> None:
    """Tell of each trial as it ends, until the budget is spent."""
    told: set[str] = set()
    best = 0.0
    while True:
        runs = store.trials(search.search_id)
        for run in runs:
            if run.run_id not in told and _ended(run):
                told.add(run.run_id)
                best = max(best, _score(run) if ranked(search, [run]) else 0.0)
                said = f"Trial {_number(run)}: {percent(_score(run))} ({_how(run)}), best {percent(best)}."
                say(f"{said} {_values(search, run)}")
        working = [run for run in runs if run.status is RunStatus.RUNNING]
        if not places_left(search, runs) or (search.time_is_up() and not working):
            return
        engine.state()  # while somebody looks, the engine does not end
        time.sleep(LOOK_SECONDS)


def _ended(run: Run) -> bool:
    """Not those that were halted with the search: they go on with it."""
    return run.status in (RunStatus.FINISHED, RunStatus.FAILED) or bool(run.tags.get("pruned"))


def _score(run: Run) -> float:
    return run.metrics.get("best_val_accuracy", float("nan"))


def _number(run: Run) -> str:
    return str(int(run.tags["trial"]) + 1)


def _how(run: Run) -> str:
    return "broken off" if run.tags.get("pruned") else str(run.status)


def _values(search: Search, run: Run) -> str:
    values = run.settings.flat()
    return ", ".join(f"{one.name}={_short(values[one.name])}" for one in search.ranges if one.name in values)


def _short(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.3g}"
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def _show(search: Search, runs: Sequence[Run], winner: Run | None) -> None:
    order = ranked(search, list(runs))
    rest = [run for run in runs if run not in order]
    rows = []
    for run in [*order, *rest]:
        epochs = str(int(run.metrics.get("epoch", 0)))
        rows.append((_number(run), _how(run), percent(_score(run)), epochs, _values(search, run), run.run_id[:8]))
    print("\nOn the validation texts:")
    show_table(("trial", "status", "accuracy", "epochs", "values", "id"), rows, right=("trial", "accuracy", "epochs"))
    if winner is not None:
        test = percent(winner.metrics.get("test_accuracy", float("nan")))
        if winner.run_id not in {run.run_id for run in runs}:
            print("\nIts settings were trained once more, with validation texts to learn from, as yours say.")
        print(f"\nThe best, {winner.run_id[:8]}, is right on {test} of the test texts. {OPTIMISM}")
