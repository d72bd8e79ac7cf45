"""What a network that writes is given, and what it gives."""

from __future__ import annotations

from dataclasses import dataclass

from core.models.base import Array


@dataclass(frozen=True)
class Step:
    """One token as it was chosen: its probability, and the likeliest ones in its place, as the network gave them.

    The end of the text is the token "".
    """

    token: str
    probability: float
    likeliest: list[tuple[str, float]]


@dataclass(frozen=True)
class Written:
    """text: with the start that it was given. ids: of what the network added. ended: by itself, not cut off."""

    text: str
    ids: list[int]
    steps: list[Step]
    ended: bool


@dataclass(frozen=True)
class Start:
    """The beginning of a text, as a network reads it. unknown: words that it does not know, as typed."""

    label: int
    ids: list[int]
    tokens: list[str]
    unknown: list[str]


@dataclass(frozen=True, eq=False)
class Reading:
    """What a network thought of a beginning, before it and after each of its tokens.

    tokens: as shown. states: (tokens + 1, features) float32, what its last layer knew. expected: as many lists, the
    likeliest tokens next ("" is the end). given: (tokens,) the probability that each token had, NaN of unknown ones.
    """

    tokens: list[str]
    states: Array
    expected: list[list[tuple[str, float]]]
    given: Array
