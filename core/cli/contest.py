"""`compare DATA`: a network against its siblings and simpler methods, side by side on the engine's workers."""

from __future__ import annotations

import time
from argparse import Namespace
from typing import TYPE_CHECKING, Any

import psutil

from core.cli import data
from core.cli.compare import interval, scatter, written
from core.cli.output import percent, say, show_table, write_json
from core.cli.train import settings_of, tell
from core.evaluation.measures import TITLES
from core.models import architecture
from core.runs import contest, insights
from core.runs.compared import judged_references, marks_of
from core.runs.contest import LONE, SIMPLER, Row
from core.runs.engine import Engine
from core.runs.store import RunStore, open_store
from core.settings import Settings
from core.tasks import references, task_for, task_of

if TYPE_CHECKING:
    from core.insight.order import Order
    from core.runs.records import Run

LOOK_SECONDS = 1.0


def run(options: Namespace) -> None:
    wanted = "generation" if options.write else None
    settings_of(options, task_name=wanted)  # what is not possible is said before a large file is read
    began = time.perf_counter()
    dataset = data.read(options, labels_needed=not options.write)
    texts = len(dataset) if options.write else tell(dataset)
    base = settings_of(options, texts, wanted or task_for(dataset).name)
    item = task_of(base)
    item.require(base.network.architecture)
    item.require_trainable(dataset)
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
    wanted = task_of(store.run(made[0]).settings).references
    while True:
        runs = store.together(contest.TAG, shared)
        over = sum(run.status.over for run in runs)
        if over != done:
            done = over
            say(f"  {done} of {len(runs)} are trained.")
        there = len(judged_references(store, made[0]))
        if done == len(runs) and (there >= len(wanted) or runs[0].references_error):
            return sum(shares) / max(1, len(shares)) / 100
        time.sleep(LOOK_SECONDS)
        shares.append(psutil.cpu_percent())
        engine.reconcile(store)


def _order(engine: Engine, run: Run) -> Order | None:
    if not run.test_looks or run.settings.task != "classification":
        return None
    found: Order | None = engine.short(insights.order_of_run, run.run_id)
    return found


def title(key: str) -> str:
    return references()[key] if key in references() and key not in SIMPLER else architecture(key).title


def _told(
    store: RunStore, runs: list[Run], orders: dict[str, Order | None], options: Namespace, seconds: float, busy: float
) -> None:
    marked = {run.run_id: found for run in runs if (found := marks_of(store, run)) is not None}
    lone = contest.lone_of(judged_references(store, runs[0].run_id), runs[0].settings.task)
    judged = contest.methods(runs, marked, {name: each[0] for name, each in lone.items()})
    scores = {name: each[1:] for name, each in lone.items()}
    rows = contest.rows(runs, judged, scores, lambda run: _numbers(store, run), orders)
    measure = next(iter(judged.values())).marks[0].measure if judged else "accuracy"
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
    unit = "test sentences" if judged and next(iter(judged.values())).marks[0].words else "test texts"
    print(f"\nOn the same {texts:,} {unit}:")
    score, beside = TITLES[measure].lower(), contest.second(measure)[0].lower()
    heads = ("method", score, "95 % interval", beside, "seeds vary by", "uses order", "seconds", "numbers")
    show_table(heads, [_cells(row) for row in rows], right=(score, beside, "seeds vary by", "seconds", "numbers"))
    print(f"\n{said}")
    print(f"{seconds:.0f} s in all; {busy:.0%} of the processors in use on average.")


def _numbers(store: RunStore, run: Run) -> int:
    return sum(array.size for array in store.load_trained(run.run_id).weights.values())


def _row(row: Row) -> dict[str, Any]:
    told = {name: value for name, value in vars(row).items() if name not in ("standing", "order")}
    return told | (vars(row.standing) if row.standing else {}) | {"order": row.order.verdict if row.order else None}


def _cells(row: Row) -> tuple[str, ...]:
    found = row.standing
    score = ("", "", "") if found is None else (written(found, found.score), interval(found), scatter(found))
    second = "" if row.second is None else percent(row.second)
    seconds = "" if row.seconds is None else f"{row.seconds:.1f}"
    numbers = "" if row.numbers is None else f"{row.numbers:,}"
    cannot = row.key in (*LONE["classification"], *SIMPLER)
    order = "cannot" if cannot else row.order.verdict if row.order else ""
    return title(row.key), *score[:2], second, score[2], order, seconds, numbers
