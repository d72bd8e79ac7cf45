from types import SimpleNamespace
from typing import Any

from core.runs.scheduling import report, task_key


def scheduler(workers: list[dict[str, float]], tasks: list[tuple[str, int, str, int | None]]) -> Any:
    """A scheduler as far as `report` looks: workers by their resources; tasks as (key, priority, state, worker)."""
    known = {str(number): SimpleNamespace(address=str(number), resources=owned) for number, owned in enumerate(workers)}
    made = [
        SimpleNamespace(
            key=key, priority=(priority,), state=state, processing_on=None if on is None else known[str(on)]
        )
        for key, priority, state, on in tasks
    ]
    return SimpleNamespace(tasks={task.key: task for task in made}, workers=known, idle_since=None)


def test_the_first_runs_and_the_others_wait_in_the_order_they_were_asked_for() -> None:
    tasks = [(task_key("train", run, "1"), place, "processing", 0) for place, run in ((2, "c"), (0, "a"), (1, "b"))]
    told = report(scheduler([{"train": 1}], tasks))
    assert (told["running"], told["waiting"]) == (["a"], ["b", "c"])


def test_with_two_workers_two_run() -> None:
    tasks = [("train-a-1", 0, "processing", 0), ("train-b-1", 1, "processing", 1), ("train-c-1", 2, "processing", 0)]
    told = report(scheduler([{"train": 1}, {"train": 1}], tasks))
    assert (told["running"], told["waiting"]) == (["a", "b"], ["c"])


def test_without_a_worker_all_wait_and_what_is_done_is_not_told() -> None:
    tasks = [
        ("train-a-1", 0, "memory", None),
        ("train-b-1", 1, "no-worker", None),
        ("short-c-1", 2, "processing", None),
    ]
    told = report(scheduler([], tasks))
    assert (told["running"], told["waiting"], told["resources"]) == ([], ["b"], [])


def test_looking_keeps_an_idle_engine_awake() -> None:
    idle = scheduler([], [])
    idle.idle_since = 1.0
    report(idle)
    assert idle.idle_since > 1.0
    busy = scheduler([], [])
    report(busy)
    assert busy.idle_since is None


def test_a_search_is_alive_while_one_of_its_trials_is() -> None:
    tasks = [
        ("search-x-1-0", 0, "memory", None),
        ("search-x-1-1", 1, "processing", 0),
        ("search-y-1-0", 2, "erred", None),
    ]
    told = report(scheduler([{"train": 1, "search": 1}], tasks))
    assert (told["searches"], told["running"]) == (["x"], [])
