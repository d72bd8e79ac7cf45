"""Short jobs on what a run's network remembers, and on what it was told to remember while it learned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.runs.store import open_store
from core.settings import Settings

if TYPE_CHECKING:
    from core.insight.around import Around
    from core.insight.distance import Distances
    from core.insight.fading import Fading
    from core.insight.looks import Given
    from core.insight.roles import Role
    from core.insight.units import Found, Movers
    from core.insight.vectors import Words
    from core.runs.store import RunStore


@dataclass(frozen=True)
class Units:
    """By place, one of each for every unit; texts: how many were read."""

    movers: dict[str, list[Movers]]
    roles: dict[str, list[Role]]
    texts: int


def distances_of_run(run_id: str, settings: Settings | None = None) -> Distances | None:
    """How far back a swapped word changes the answers to its test texts; None before it was judged on them.

    Of a classifier or of a network that writes.
    """
    from core.insight.distance import distances_of
    from core.insight.looks import look_of
    from core.insight.looks.base import EndLook

    store = _store(settings)
    judged = store.load_evaluation(run_id) or store.load_writing(run_id)
    look = look_of(store.load_trained(run_id))
    assert isinstance(look, EndLook)
    return None if judged is None else distances_of(look, judged.predictions)


def around_of_run(run_id: str, settings: Settings | None = None) -> Around | None:
    """How far around a word its tag depends on others, of a tagger; None before it was judged."""
    from core.insight.around import around_of
    from core.tasks.tagging.tagger import Tagger

    store = _store(settings)
    judged, tagger = store.load_evaluation(run_id), store.load_trained(run_id)
    assert isinstance(tagger, Tagger)
    return None if judged is None else around_of(tagger, judged.predictions)


def fading_of_run(run_id: str, settings: Settings | None = None) -> dict[int, Fading] | None:
    """Gradients of the loss on its test texts by distance, after the epochs that are kept, the first epoch first.

    Of a recurrent network; None before it was judged. Of a run without kept epochs: those of its network, under -1.
    """
    from core.insight.fading import fading
    from core.insight.looks import look_of

    store = _store(settings)
    judged = store.load_evaluation(run_id) or store.load_writing(run_id)
    if judged is None:
        return None
    kept = store.kept_epochs(run_id)
    weights = ((epoch, store.load_epoch(run_id, epoch)) for epoch in kept.epochs) if kept.epochs else [(-1, {})]
    return dict(fading(look_of(store.load_trained(run_id)), weights, judged.predictions))


def _store(settings: Settings | None) -> RunStore:
    settings = settings or Settings.from_environment()
    return open_store(settings.tracking_uri, settings.home)


def words_of_run(run_id: str, settings: Settings | None = None) -> Words:
    """How often the words of its network stand in texts of each class, or with each tag, of the texts it is about."""
    from core.insight.distance import evenly
    from core.insight.looks import look_of
    from core.insight.vectors import MOST_TEXTS
    from core.runs.datasets import DatasetNotFound

    store = _store(settings)
    run, look = store.run(run_id), look_of(store.load_trained(run_id))
    try:
        frame = store.load_sample(run.dataset_fingerprint).frame
    except DatasetNotFound:  # deleted since: its test texts are known
        frame = (store.load_evaluation(run_id) or store.load_writing(run_id)).predictions  # type: ignore[union-attr]
        # A tagger's have a row a word.
        frame = frame.assign(words=frame["text"], tags=frame["label"])
    return look.counted(frame.iloc[evenly(len(frame), MOST_TEXTS)])


def units_of_run(run_id: str, settings: Settings | None = None) -> Units | None:
    """What moves each unit of its network and which have a clear role, from its test texts; None before it was judged.

    Of a recurrent network.
    """
    from core.insight.looks import look_of
    from core.insight.roles import roles
    from core.insight.states import states_of
    from core.insight.units import all_movers

    store = _store(settings)
    judged = store.load_evaluation(run_id) or store.load_writing(run_id)
    if judged is None:
        return None
    look = look_of(store.load_trained(run_id))
    studied = look.studied(judged.predictions)
    return Units(all_movers(states_of(look, studied)), roles(look, studied), len(studied))


def similar_in_run(
    run_id: str, given: Given, place: str, stretch: tuple[int, int], units: tuple[int, ...],
    settings: Settings | None = None,
) -> list[Found]:  # fmt: skip
    """Where the states of these units over a stretch of a sentence come again in its test texts."""
    import numpy as np

    from core.insight.looks import look_of
    from core.insight.states import states_of
    from core.insight.units import elsewhere, pattern_of, similar

    store = _store(settings)
    judged = store.load_evaluation(run_id) or store.load_writing(run_id)
    if judged is None:
        return []
    look = look_of(store.load_trained(run_id))
    studied = look.studied(judged.predictions)
    others = [row for row, text in enumerate(studied.texts) if elsewhere(studied.spans(text)[0], given.text)]
    if not others:
        return []
    states = states_of(look, studied.some(np.array(others, np.int64)))
    return similar(states, place, pattern_of(look, given, place, slice(*stretch), units), units)
