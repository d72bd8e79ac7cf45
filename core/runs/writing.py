"""The job of writing texts with a trained network, and of looking for them among the texts that it learned from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from core.errors import RunError
from core.generation.copying import Copied, Copies
from core.generation.sampling import Sampling
from core.generation.writer import Writer
from core.generation.written import Written
from core.messages import N_
from core.runs.datasets import DatasetNotFound
from core.runs.jobs import WORKER_PATIENCE_SECONDS
from core.runs.store import RunStore, open_store
from core.settings import Settings

# Of more, reading the training texts anew would take a minute for a moment's question.
_MOST_SEARCHED = 200_000


class NoWriter(RunError):
    message = N_(
        "“{name}” does not write texts: it was trained for something else. Train a network that writes with: python -m "
        "core generate-train"
    )


@dataclass(frozen=True)
class Sample:
    """A text with what of it was copied, and from which text; None where the training texts are not searched."""

    written: Written
    copied: Copied | None
    source: str


@dataclass(frozen=True)
class Samples:
    """unknown: words of the start that the network does not know. run: tokens in a row that count as copied."""

    texts: list[Sample]
    unknown: list[str]
    run: int


def write_texts(
    run_id: str,
    label: str | None = None,
    start: str = "",
    sampling: Sampling | None = None,
    count: int = 1,
    settings: Settings | None = None,
) -> Samples:
    """`count` texts. Raises NoWriter, NoSuchLabel, or NothingStored before a network is there."""
    settings = settings or Settings.from_environment()
    store = open_store(settings.tracking_uri, settings.home, WORKER_PATIENCE_SECONDS)
    run = store.run(run_id)
    writer, search, originals = _loaded(store, run_id, run.seconds)
    beginning = writer.start(start, label)
    found = []
    for written in writer.write(beginning, sampling or Sampling(), count):
        copied = search.of(written.ids) if search else None
        source = originals[copied.source] if copied and copied.source >= 0 else ""
        found.append(Sample(written, copied, source))
    return Samples(found, beginning.unknown, search.run if search else 0)


@lru_cache(maxsize=2)
def _loaded(store: RunStore, run_id: str, seconds: float) -> tuple[Writer, Copies | None, list[str]]:
    """The network with its training texts; again when it was trained longer (`seconds`)."""
    writer = store.load_trained(run_id)
    if not isinstance(writer, Writer):
        raise NoWriter(name=store.run(run_id).name)
    if store.run(run_id).rows.get("train", 0) > _MOST_SEARCHED:
        return writer, None, []
    try:
        dataset = store.load_dataset(store.run(run_id).dataset_fingerprint)
    except DatasetNotFound:
        return writer, None, []
    _, assignment = store.load_split(run_id)
    learned = assignment.loc[assignment["part"] == "train", "row"]
    originals = dataset.frame["text"].loc[learned].tolist()
    return writer, Copies(writer.encoder.encode_whole(originals), writer.settings.preparation.tokens), originals
