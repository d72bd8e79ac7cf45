"""Short jobs for the views of one sentence: what has to read many texts, or needs gradients."""

from __future__ import annotations

import threading
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from core.runs.store import open_store
from core.settings import Settings

if TYPE_CHECKING:
    from core.insight.edits import Found
    from core.insight.gradients import Gradients
    from core.insight.looks import Given
    from core.insight.pushes import Pushes
    from core.insight.salience import Numbers, Salience
    from core.insight.space import Space
    from core.insight.trained import Trained


def spaces_of_run(run_id: str, settings: Settings | None = None) -> dict[str, Space]:
    """The two dimensions in which the states of a run's network are drawn, by place (core.insight.space).

    From its own training texts. Raises DatasetNotFound where they were deleted, NothingStored for runs of old versions.
    """
    from core.insight.looks import look_of
    from core.insight.space import MOST_TEXTS, spaces

    settings = settings or Settings.from_environment()
    store = open_store(settings.tracking_uri, settings.home)
    look, parts = look_of(store.load_trained(run_id)), store.load_split(run_id)[1]
    rows = parts.loc[parts["part"] == "train", "row"].to_numpy()
    texts = store.load_dataset(store.run(run_id).dataset_fingerprint).frame.iloc[
        rows[:: max(1, len(rows) // MOST_TEXTS)]
    ]
    return spaces(look, texts)


def salience_of_run(
    run_id: str, given: Given, answer: int | None, step: int = -1, settings: Settings | None = None
) -> Salience:
    """What each word of a text counted for a run's network, for one answer by its place at a step, or for its own."""
    from core.insight.looks import look_of
    from core.insight.salience import salience

    network, gradients = _compiled(run_id, settings)
    return salience(look_of(network), gradients, given, answer, step)


def gradient_of_run(
    run_id: str, given: Given, answer: int, step: int = -1, settings: Settings | None = None
) -> Numbers:
    """What each word counted by gradient x input alone, (tokens,): it is there long before the other ways."""
    from core.insight.looks import look_of
    from core.insight.salience import gradient_of

    network, gradients = _compiled(run_id, settings)
    return gradient_of(look_of(network), gradients, given, answer, step)


def pushes_of_run(run_id: str, settings: Settings | None = None) -> Pushes | None:
    """The words that push towards each class on a run's test texts; None before it was judged on them."""
    from core.insight.network import Network
    from core.insight.pushes import pushes

    network, gradients = _compiled(run_id, settings)
    assert isinstance(network, Network)
    settings = settings or Settings.from_environment()
    evaluation = open_store(settings.tracking_uri, settings.home).load_evaluation(run_id)
    if evaluation is None:
        return None
    tests = evaluation.predictions
    return pushes(network, gradients, tests["text"].tolist(), tests["label"].tolist())


def _compiled(run_id: str, settings: Settings | None) -> tuple[Trained, Gradients]:
    settings = settings or Settings.from_environment()
    store = open_store(settings.tracking_uri, settings.home)
    # How long it was trained: a run that went on has another network.
    with _COMPILING:
        return _kept(settings.tracking_uri, settings.home, run_id, store.run(run_id).seconds)


_COMPILING = threading.Lock()


@lru_cache(maxsize=3)
def _kept(tracking_uri: str, home: Path, run_id: str, seconds: float) -> tuple[Trained, Gradients]:
    from core.insight.gradients import Gradients

    network = open_store(tracking_uri, home).load_trained(run_id)
    return network, Gradients(network)


def smallest_edit_of_run(
    run_id: str, given: Given, step: int = -1, settings: Settings | None = None
) -> tuple[list[Found], int]:
    """The smallest edits of a text that turn an answer of a run's network, and how many texts were tried."""
    from core.insight.edits import smallest
    from core.insight.looks import look_of

    settings = settings or Settings.from_environment()
    return smallest(look_of(open_store(settings.tracking_uri, settings.home).load_trained(run_id)), given, step)
