"""Short jobs that look inside the network of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.runs.store import open_store
from core.settings import Settings

if TYPE_CHECKING:
    from core.insight.order import Order


def order_of_run(run_id: str, settings: Settings | None = None) -> Order | None:
    """Whether a run's network uses the order of the words of its test texts; None before it was judged on them."""
    from core.insight.order import order_of

    settings = settings or Settings.from_environment()
    store = open_store(settings.tracking_uri, settings.home)
    evaluation = store.load_evaluation(run_id)
    if evaluation is None:
        return None
    tests = evaluation.predictions
    return order_of(store.load_network(run_id), tests["text"].tolist(), tests["label"].tolist())


def search_importances(search_id: str, settings: Settings | None = None) -> dict[str, float]:
    """How much each parameter of a search decides, by its name, the most important first (core.search.study)."""
    from core.search.plan import Search
    from core.search.study import importances

    settings = settings or Settings.from_environment()
    return importances(Search.load(settings.home, search_id))
