"""A network that writes, judged on the texts kept aside, and beside it what counting neighbouring tokens reaches."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.breaks import Between, no_stop
from core.generation.copying import Copied, Copies
from core.generation.judging import CopyScores, WritingEvaluation, scores_of
from core.generation.ngrams import NGrams
from core.generation.prepare import WritingPart, starts_of
from core.generation.rows import FIRST, ended, outputs_of, start_of
from core.generation.sampling import Sampling
from core.generation.writer import Writer
from core.messages import N_
from core.text.prepare import Prepared
from core.text.sequences import UNKNOWN_ID, Sequences

REFERENCES = {
    "uniform": N_("every token equally likely"),
    "unigram": N_("how frequent each token is"),
    "bigram": N_("counts after one token"),
    "trigram": N_("counts after two tokens"),
    "fivegram": N_("counts after four tokens"),
}
_ORDERS = {"uniform": 0, "unigram": 1, "bigram": 2, "trigram": 3, "fivegram": 5}
# Texts that the network writes to be searched for copies, and test texts that are searched beside them.
SAMPLES, _FEWEST = 100, 10
# Tokens that are searched through for them, at the most: fewer texts are written where there are very many to search.
_SEARCHED = 500_000_000
# Of more, texts drawn at random are judged: the interval is narrow by then.
_MOST_TOKENS = 300_000
_TOKENS_AT_ONCE = 2_048


def evaluate(writer: Writer, prepared: Prepared, between: Between = no_stop) -> WritingEvaluation:
    """How well it foretells the validation and the test texts, and what it writes; `between` as in core.breaks."""
    began = time.perf_counter()
    tables = {name: _foretold(writer, prepared, name, between) for name in ("validation", "test")}
    samples, copying = copied(writer, prepared, between)
    return _evaluation(prepared, tables, time.perf_counter() - began, samples, copying)


def each_reference(prepared: Prepared, between: Between = no_stop) -> Iterator[tuple[str, WritingEvaluation]]:
    """By the names of REFERENCES. Counts know the label as far as they reach back to a text's beginning."""
    size, parts = prepared.encoder.vocabulary_size, prepared.parts
    train = cast(WritingPart, parts["train"])
    learned = starts_of(train, size), ended(train.whole, size)
    for name, order in _ORDERS.items():
        began = time.perf_counter()
        counted = NGrams(order, start_of(size, len(prepared.class_names)), outputs_of(size))
        between()
        counted.fit(*learned)
        tables = {}
        for part in ("validation", "test"):
            judged = _judged(cast(WritingPart, parts[part]))
            targets = ended(judged.whole, size)
            losses = -counted.log_probabilities(starts_of(judged, size), targets)
            tables[part] = _table(prepared, judged, targets, losses, np.full(len(losses), np.nan))
        yield name, _evaluation(prepared, tables, time.perf_counter() - began)


def _judged(part: WritingPart) -> WritingPart:
    """All texts, or as many drawn at random as there is time for."""
    lengths = part.whole.lengths
    if lengths.sum() <= _MOST_TOKENS:
        return part
    order = np.random.default_rng(0).permutation(len(lengths))
    many = int(np.searchsorted(np.cumsum(lengths[order]), _MOST_TOKENS))
    return part.judged(np.sort(order[: max(1, many)]))


def _foretold(writer: Writer, prepared: Prepared, name: str, between: Between) -> pd.DataFrame:
    part = _judged(cast(WritingPart, prepared.parts[name]))
    size = prepared.encoder.vocabulary_size
    targets, starts = ended(part.whole, size), starts_of(part, size)
    losses, right = np.zeros(len(targets.ids)), np.zeros(len(targets.ids))
    order = np.argsort(part.whole.lengths, kind="stable")
    for rows in np.array_split(order, max(1, int(targets.lengths.sum()) // _TOKENS_AT_ONCE)):
        if not len(rows):
            continue
        between()
        time_steps = int(targets.lengths[rows].max())
        ids = np.concatenate([starts[rows, None], part.whole.padded(rows, time_steps - 1, "right")], axis=1)
        tops = writer.tops(ids)
        for row, known in zip(rows, tops, strict=True):
            place = slice(targets.offsets[row], targets.offsets[row + 1])
            asked = targets.ids[place]
            logits = writer.logits(known[: len(asked)])
            largest = logits.max(axis=-1)
            sums = np.log(np.exp(logits - largest[:, None]).sum(axis=-1, dtype=np.float64)) + largest
            here = np.maximum(asked - FIRST, 0)  # of unknown words something is looked up that does not count
            losses[place] = sums - logits[np.arange(len(asked)), here]
            right[place] = logits.argmax(axis=-1) == here
    counted = targets.ids != UNKNOWN_ID
    return _table(prepared, part, targets, losses[counted], right[counted])


def _table(
    prepared: Prepared,
    part: WritingPart,
    targets: Sequences,
    losses: NDArray[np.float64],
    right: NDArray[np.float64],
) -> pd.DataFrame:
    """One row for each text, from the loss of each of its known tokens and whether the likeliest was right."""
    counted = targets.ids != UNKNOWN_ID
    of = np.repeat(np.arange(len(targets)), targets.lengths)[counted]
    sums = [np.bincount(of, weights=each, minlength=len(targets)) for each in (losses, np.ones(len(of)), right)]
    names = np.array(prepared.class_names, dtype=object)
    return pd.DataFrame(
        {
            "row": part.rows,
            "text": list(part.texts),
            "label": names[part.of_text],
            "loss": sums[0],
            "tokens": sums[1].astype(np.int64),
            "right": sums[2],
        }
    )


def copied(
    writer: Writer, prepared: Prepared, between: Between = no_stop
) -> tuple[pd.DataFrame, dict[str, CopyScores]]:
    """Texts that it writes, as often by each label as there are training texts of it, and what of them is copied."""
    train, test = (cast(WritingPart, prepared.parts[name]) for name in ("train", "test"))
    search = Copies(train.whole, writer.settings.preparation.tokens)
    random = np.random.default_rng(0)
    count = int(np.clip(_SEARCHED // max(1, len(train.whole.ids)), _FEWEST, SAMPLES))
    labels = np.sort(random.choice(train.of_text, count))
    rows: list[dict[str, object]] = []
    found: list[Copied] = []
    for label in np.unique(labels):
        between()
        name = prepared.class_names[label]
        sampling = Sampling(sampling_seed=int(label))
        for written in writer.write(writer.start(label=name), sampling, int((labels == label).sum())):
            found.append(search.of(written.ids))
            one = found[-1]
            source = "" if one.source < 0 else train.texts[one.source]
            rows.append({"label": name, "text": written.text, "longest": one.longest, "tokens": one.tokens,
                         "copied": one.nearly_all, "source": source})  # fmt: skip
    real = random.permutation(len(test))[:count]
    beside = [search.of(test.whole.row(place)) for place in real]
    scores = {"samples": CopyScores.of(found, search.run), "test": CopyScores.of(beside, search.run)}
    return pd.DataFrame(rows), scores


def _evaluation(
    prepared: Prepared,
    tables: dict[str, pd.DataFrame],
    seconds: float,
    samples: pd.DataFrame | None = None,
    copying: dict[str, CopyScores] | None = None,
) -> WritingEvaluation:
    return WritingEvaluation(
        list(prepared.class_names),
        scores_of(tables["validation"]),
        scores_of(tables["test"]),
        tables["test"],
        seconds,
        tables["validation"],
        samples,
        copying,
    )
