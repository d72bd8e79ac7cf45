"""What a network that writes did with a beginning, step by step: what it read, remembered and expected next."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.generation.network import parts_of
from core.generation.rows import FIRST
from core.generation.writer import Writer
from core.insight.places import Places, Read
from core.models.base import Array
from core.text.encoder import Token


@dataclass(frozen=True, eq=False)
class WriteTrace(Places):
    """Steps are the start of a text, whose token is "", and then each token of the beginning.

    label: by which is written. states, norms: as of `Places`. probabilities: (steps, outputs), what may come next; the
    last one is the end of the text. given: (steps,) what each token's probability was before it came, nan of the
    start and of unknown ones. All float32.
    """

    tokens: list[Token]
    label: int
    states: dict[str, Array]
    norms: Array
    probabilities: Array
    given: Array
    along = ("norms", "probabilities")


def trace(writer: Writer, text: str, label: str | None = None) -> WriteTrace:
    """Of a beginning, which may be empty. Raises NoSuchLabel or WithoutLabels."""
    tokens, place = steps_of(writer, text, label)
    return traced(writer, tokens, place, read_ids(writer, _ids(tokens)))


def traced(writer: Writer, tokens: list[Token], label: int, found: Read) -> WriteTrace:
    """The trace of tokens that were read already."""
    hidden = [values for name, values in found.states.items() if name.split("/")[-1] == "hidden"]
    norms = np.linalg.norm(np.concatenate(hidden, axis=-1), axis=-1)
    expected = writer.answers(found.tops)
    return WriteTrace(tokens, label, found.states, norms, expected, _given(tokens, expected))


def read(writer: Writer, text: str, label: str | None = None) -> Read:
    """All that went into the reading of a beginning, and came out of it."""
    return read_ids(writer, _ids(steps_of(writer, text, label)[0]))


def forgetful(writer: Writer, text: str, label: str | None, before: int) -> WriteTrace:
    """The beginning, read by a network that forgets all it knows, but for the label, before a step (from 0)."""
    tokens, place = steps_of(writer, text, label)
    whole = traced(writer, tokens, place, read_ids(writer, _ids(tokens)))
    if not 0 < before < len(tokens):
        return whole
    rest = traced(writer, tokens[before:], place, read_ids(writer, _ids(tokens), before))
    joined = replace(whole, **whole.followed(rest, before))  # type: ignore[arg-type]
    return replace(joined, given=_given(tokens, joined.probabilities))


def read_ids(writer: Writer, ids: NDArray[np.int32], forgetting: int = 0) -> Read:
    """Ids (time,) that begin with a label's start, from the step `forgetting` on, with an empty memory."""
    item, own, _of_task = parts_of(writer.settings)
    start = writer.weights["embedding"][ids[:1]]
    vectors = writer.vectors(ids[None, forgetting:], start)
    states, top = item.read(own, writer.weights, vectors, np.array([vectors.shape[1]]))
    return Read(vectors[0], {name: values[0] for name, values in states.items()}, top[0], slice(0, len(vectors[0])))


def steps_of(writer: Writer, text: str, label: str | None) -> tuple[list[Token], int]:
    """What is read: the start of the label, and the tokens; and the label, by its place."""
    start = writer.start(text, label)
    first = Token("", 0, 0, writer.first_id(start.label), known=True)
    return [first, *(writer.encoder.tokens(text) if start.ids else [])], start.label


def _ids(tokens: list[Token]) -> NDArray[np.int32]:
    return np.array([token.id for token in tokens], np.int32)


def _given(tokens: list[Token], expected: Array) -> Array:
    given = [
        float(row[token.id - FIRST]) if token.id >= FIRST else np.nan
        for row, token in zip(expected, tokens[1:], strict=False)
    ]
    return np.array([np.nan, *given], np.float32)
