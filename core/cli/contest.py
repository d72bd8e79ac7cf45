"""`compare DATA`: a network against its siblings and simpler methods, side by side on the engine's workers."""

from __future__ import annotations

import time
from argparse import Namespace
from typing import TYPE_CHECKING, Any

import psutil

from core.cli import data
from core.cli.output import percent, say, show_table, write_json
from core.cli.train import settings_of, tell
from core.data.usable import require_trainable
from core.evaluation.marks import Marks, marks
from core.models import architecture
from core.runs import contest, insights
from core.runs.compared import marks_of
from core.runs.contest import LONE, Row
from core.runs.engine import Engine
from core.runs.store import RunStore, open_store
from core.settings import Settings
from core.tasks import references

if TYPE_CHECKING:
    from core.insight.order import Order
    from core.runs.records import Run

LOOK_SECONDS = 1.0


def run(options: Namespace) -> None:
    settings_of(options)  # what is not possible is said before a large file is read
    began = time.perf_counter()
    dataset = data.read(options)
    base = settings_of(options, tell(dataset))
    require_trainable(dataset)
    environment = Settings.from_environment()
    store, engine = open_store(environment.tracking_uri, environment.home), Engine(environment)
    networks = contest.entrants(base, len(dataset))
    fingerprint = store.save_dataset(dataset)
    shared, made = contest.begun(store, fingerprint, networks, lambda key, seed: f"{key} · {dataset.name} · {seed}",
                                 options.seeds)  # fmt: skip
    say(f"Comparison {shared}: {', '.join(networks)}, {options.seeds} seeds each. Control-C stops them all.")
    try:
        busy = _worked(store, engine, shared, made)
        runs = store.together(contest.TAG, shared)
        orders = {key: _order(engine, several[0]) for key, several in contest.by_network(runs).items()}
    except KeyboardInterrupt:
        for run_id in reversed(made):
            if not store.run(run_id).status.over:
                store.request_stop(run_id)
        raise
    finally:
        engine.leave()
    _told(store, runs, orders, options, time.perf_counter() - began, busy)


def _worked(store: RunStore, engine: Engine, shared: str, made: list[str]) -> float:
    """Wait until all is trained and compared; returns the mean share of this machine's processors in use."""
    for run_id in made:
        engine.submit_training(run_id)
    engine.submit_references(made[0])
    psutil.cpu_percent()
    done, shares = -1, list[float]()
    while True:
        runs = store.together(contest.TAG, shared)
        over = sum(run.status.over for run in runs)
        if over != done:
            done = over
            say(f"  {done} of {len(runs)} are trained.")
        there = len(store.load_references(made[0]))
        if done == len(runs) and (there >= len(references_of_it()) or runs[0].references_error):
            return sum(shares) / max(1, len(shares)) / 100
        time.sleep(LOOK_SECONDS)
        shares.append(psutil.cpu_percent())
        engine.reconcile(store)


def references_of_it() -> tuple[str, ...]:
    """The references that the first run is set beside."""
    return (*LONE, "pooling")


def _order(engine: Engine, run: Run) -> Order | None:
    found: Order | None = engine.short(insights.order_of_run, run.run_id) if run.test_looks else None
    return found


def title(key: str) -> str:
    return references()[key] if key in LONE else architecture(key).title


def _told(
    store: RunStore, runs: list[Run], orders: dict[str, Order | None], options: Namespace, seconds: float, busy: float
) -> None:
    marked = {run.run_id: found for run in runs if (found := marks_of(store, run)) is not None}
    beside = store.load_references(runs[0].run_id)
    lone: dict[str, Marks] = {name: marks(beside[name].predictions) for name in LONE if name in beside}
    judged = contest.methods(runs, marked, lone)
    scores = {name: (beside[name].test["macro_f1"], beside[name].seconds) for name in lone}
    rows = contest.rows(runs, judged, scores, lambda run: _numbers(store, run), orders)
    sentence, key, pairs = contest.advice(judged)
    texts = len(next(iter(judged.values())).marks[0]) if judged else 0
    said = sentence.format(name=title(key) if key else "", texts=f"{texts:,}")
    if options.json:
        content = {
            "methods": [_row(row) for row in rows],
            "pairs": [vars(pair) | {"verdict": pair.verdict} for pair in pairs],
            "advice": said,
            "test_texts": texts,
            "seconds": seconds,
            "processors_in_use": busy,
        }
        write_json(content, options.json)
    if options.json == "-":
        return
    print(f"\nOn the same {texts:,} test texts:")
    heads = ("method", "accuracy", "95 % interval", "macro F1", "seeds vary by", "uses order", "seconds", "numbers")
    show_table(
        heads, [_cells(row) for row in rows], right=("accuracy", "macro F1", "seeds vary by", "seconds", "numbers")
    )
    print(f"\n{said}")
    print(f"{seconds:.0f} s in all; {busy:.0%} of the processors in use on average.")


def _numbers(store: RunStore, run: Run) -> int:
    return sum(array.size for array in store.load_trained(run.run_id).weights.values())


def _row(row: Row) -> dict[str, Any]:
    told = {name: value for name, value in vars(row).items() if name not in ("standing", "order")}
    return told | (vars(row.standing) if row.standing else {}) | {"order": row.order.verdict if row.order else None}


def _cells(row: Row) -> tuple[str, ...]:
    found = row.standing
    accuracy = ("", "", "") if found is None else (
        percent(found.accuracy), f"{percent(found.low)} to {percent(found.high)}",
        "" if found.scatter != found.scatter else f"{100 * found.scatter:.1f}",
    )  # fmt: skip
    macro = "" if row.macro_f1 is None else percent(row.macro_f1)
    seconds = "" if row.seconds is None else f"{row.seconds:.1f}"
    numbers = "" if row.numbers is None else f"{row.numbers:,}"
    order = "cannot" if row.key in (*LONE, *contest.SIMPLER) else row.order.verdict if row.order else ""
    return title(row.key), *accuracy[:2], macro, accuracy[2], order, seconds, numbers
