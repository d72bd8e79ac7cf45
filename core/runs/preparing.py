"""The texts of a run on their way into its network: as they are stored, or as it goes on with others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from core.breaks import Between, no_stop
from core.config import RunSettings
from core.data.dataset import LARGE
from core.errors import RunError, UnrolledError
from core.messages import N_
from core.runs.processes import release_memory
from core.runs.records import Run
from core.runs.store import RunStore

if TYPE_CHECKING:
    from core.text.encoder import TextEncoder
    from core.text.prepare import Prepared
    from core.training.state import TrainingState


class OnlyLabelled(RunError):
    message = N_("Only a training that gives whole texts a label can go on with other texts.")


class CannotGoOn(Exception):
    """A run cannot go on with the texts that were asked for; `why` is the error to be told."""

    def __init__(self, why: UnrolledError) -> None:
        super().__init__(str(why))
        self.why = why


def prepared_for(
    store: RunStore,
    fingerprint: str,
    settings: RunSettings,
    between: Between = no_stop,
    encoder: TextEncoder | None = None,
) -> Prepared:
    """A stored data set, prepared with the word vectors that these settings name; `between` as for `prepare`.

    `encoder`: with the words of an earlier training; of whole texts with labels only.
    """
    from core.tasks import task_of
    from core.text.prepare import prepare
    from core.text.vector_shelf import VectorShelf
    from core.text.vectors import start

    dataset = store.load_dataset(fingerprint, between)
    if dataset.rows > LARGE:
        release_memory()  # what opening leaves behind
    if encoder is None:
        prepared = task_of(settings).prepare(dataset, settings, between=between)
    else:
        prepared = prepare(dataset, settings.preparation, settings.split, between=between, encoder=encoder)
    if not settings.preparation.vectors:
        return prepared
    vectors = VectorShelf(store.home).load(settings.preparation.vectors)
    return replace(prepared, vectors=start(prepared.encoder.vocabulary, vectors, settings.training.seed))


def prepared_of(store: RunStore, run: Run, between: Between = no_stop) -> Prepared:
    """The texts of a run. One that went on with others keeps its words, and its classes in their order."""
    from core.text.encoder import TextEncoder

    if not run.other_texts:
        return prepared_for(store, run.dataset_fingerprint, run.settings, between)
    encoder = TextEncoder.from_json(store.load_tokenizer(run.run_id), run.settings.preparation)
    prepared = prepared_for(store, run.dataset_fingerprint, run.settings, between, encoder)
    return in_the_order_of(prepared, run.class_names)


def in_the_order_of(prepared: Prepared, names: list[str]) -> Prepared:
    """The same with its classes in this order, which may have more of them."""
    places = np.array([names.index(name) for name in prepared.class_names], np.int32)
    parts = {name: replace(part, labels=places[part.labels]) for name, part in prepared.parts.items()}
    return replace(prepared, class_names=list(names), parts=parts)


def with_its_texts(store: RunStore, run: Run, between: Between = no_stop) -> Run:
    """The run with the texts that it is to go on with put together, divided and stored. Raises CannotGoOn."""
    from core.data.extending import extended
    from core.data.usable import require_trainable

    if run.wish is None:
        return run
    try:
        if run.settings.task != "classification":
            raise OnlyLabelled
        parts = store.load_split(run.run_id)[1]
        before = store.load_dataset(run.dataset_fingerprint, between)
        fresh = store.load_dataset(run.wish.texts, between)
        made = extended(before, parts, fresh, run.settings.split, run.wish.together, between)
        require_trainable(made)
        store.took_texts(run.run_id, store.save_dataset(made))
    except UnrolledError as error:
        raise CannotGoOn(error) from error
    return store.run(run.run_id)


def on_its_leg(state: TrainingState, run: Run) -> TrainingState:
    """Where a run goes on from: at the beginning of a leg, once, with what is other since the last one."""
    now, last = len(run.legs) - 1, state.progress.leg
    if now <= last:
        return state
    before, leg = run.legs[last], run.legs[now]
    texts = before.fingerprint != leg.fingerprint
    return state.continued(now, texts=texts, rate=before.learning_rate != leg.learning_rate)
