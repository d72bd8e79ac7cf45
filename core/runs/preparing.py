"""The texts of a run on their way into its network: as they are stored, or as it goes on with others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.breaks import Between, no_stop
from core.config import RunSettings
from core.data.dataset import LARGE
from core.errors import UnrolledError
from core.runs.processes import release_memory
from core.runs.records import Run
from core.runs.store import RunStore

if TYPE_CHECKING:
    from core.text.encoder import TextEncoder
    from core.text.prepare import Prepared
    from core.training.state import TrainingState


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
    before: tuple[TextEncoder, list[str]] | None = None,
) -> Prepared:
    """A stored data set, prepared with the word vectors that these settings name; `between` as for `prepare`.

    `before`: the words and classes of a training that goes on with other texts.
    """
    from core.tasks import task_of
    from core.text.vector_shelf import VectorShelf
    from core.text.vectors import start

    dataset = store.load_dataset(fingerprint, between)
    if dataset.rows > LARGE:
        release_memory()  # what opening leaves behind
    if before is None:
        prepared = task_of(settings).prepare(dataset, settings, between=between)
    else:
        prepared = task_of(settings).prepare_again(dataset, settings, *before, between)
    if not settings.preparation.vectors:
        return prepared
    vectors = VectorShelf(store.home).load(settings.preparation.vectors)
    return replace(prepared, vectors=start(prepared.encoder.vocabulary, vectors, settings.training.seed))


def prepared_of(store: RunStore, run: Run, between: Between = no_stop) -> Prepared:
    """The texts of a run. One that went on with others keeps its words, and its classes in their order."""
    before = (_words_of(store, run), run.class_names) if run.other_texts else None
    return prepared_for(store, run.dataset_fingerprint, run.settings, between, before)


def _words_of(store: RunStore, run: Run) -> TextEncoder:
    from core.text.encoder import TextEncoder

    if run.settings.task == "tagging":
        return store.load_trained(run.run_id).encoder  # it has the letters, too
    return TextEncoder.from_json(store.load_tokenizer(run.run_id), run.settings.preparation)


def with_its_texts(store: RunStore, run: Run, between: Between = no_stop) -> Run:
    """The run with the texts that it is to go on with put together, divided and stored. Raises CannotGoOn."""
    from core.data.extending import extended
    from core.tasks import task_of

    if run.wish is None:
        return run
    try:
        item = task_of(run.settings)
        parts = store.load_split(run.run_id)[1]
        before, fresh = (
            item.with_labels(store.load_dataset(fingerprint, between), run.class_names)
            for fingerprint in (run.dataset_fingerprint, run.wish.texts)
        )
        made = extended(before, parts, fresh, run.settings.split, run.wish.together, between)
        item.require_trainable(made)
        store.took_texts(run.run_id, store.save_dataset(item.as_stored(made)))
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


def require_room(run: Run, prepared: Prepared, state: TrainingState) -> None:
    """Raises CannotGoOn where a run with its texts as before has no room any more for a leg that has not begun."""
    from core.training.limits import DoesNotFit, Texts, foretell

    last = state.progress.leg
    if len(run.legs) - 1 <= last or run.legs[last].fingerprint != run.legs[-1].fingerprint:
        return
    try:
        foretell(run.settings, Texts.of(prepared))
    except DoesNotFit as error:
        raise CannotGoOn(error) from error
