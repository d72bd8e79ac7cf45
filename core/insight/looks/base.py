"""What every look at a trained network can do; one file of this package for each task."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.insight.places import Places, Read
from core.insight.trained import Trained
from core.insight.vectors import FIRST_WORD, Words
from core.models.base import Array, Weights
from core.models.recurrent import Recurrent

if TYPE_CHECKING:
    import pandas as pd

    from core.insight.distance import Answers
    from core.insight.edits import Words as Edited
    from core.insight.pulled import Pulled
    from core.insight.studied import Studied
    from core.insight.surgery import Operation
    from core.text.sequences import Sequences

# Of a long text, so many multiplications go into reading it without some of its words: more are left out together.
_MULTIPLICATIONS = 3e9
CANDIDATES = 40  # words that others are replaced by
Numbers = NDArray[np.float64]
Kind = Literal["share", "perplexity"]
# States of a text by place and name, and the class of each step, or the one class of the whole text.
Sample = tuple[dict[str, Array], int | NDArray[np.int64]]


class Given(NamedTuple):
    """What is read: a text and, for a network that writes, the label by which (None: the first one)."""

    text: str
    label: str | None = None


@dataclass(frozen=True)
class Judged:
    """A network on texts of which the right answers are known.

    good: (texts,) how many answers are right or, of a network that writes, the logarithm of the probability of all that
    came. of: (texts,) how many were asked. answers: (all that were asked,) what was held most probable, by its place.
    """

    kind: Kind
    good: NDArray[np.float64]
    of: NDArray[np.int64]
    answers: NDArray[np.int64]

    @property
    def score(self) -> float:
        """The share that is right, or the perplexity: less is better."""
        mean = float(self.good.sum() / max(1, int(self.of.sum())))
        return mean if self.kind == "share" else float(np.exp(min(-mean, 50.0)))


def stretches(network: Trained, count: int) -> NDArray[np.int64]:
    """Where the stretches of a text of so many words begin that are left out one after the other: of each word, or of a
    long text, of several."""
    each = sum(values.size for name, values in network.weights.items() if name.endswith("kernel"))
    return np.arange(0, count, max(1, ceil(count**2 * each / _MULTIPLICATIONS)))


class Look(ABC):
    """Of one network. kind: how it is judged. Tests are what `tests` makes of a table of judged texts."""

    kind: ClassVar[Kind] = "share"

    def __init__(self, network: Trained) -> None:
        self.network = network

    @property
    def remembers(self) -> bool:
        """Whether it has hidden states that go from word to word."""
        return isinstance(self.network.architecture, Recurrent)

    @abstractmethod
    def with_weights(self, weights: Weights) -> Look:
        """The same network with some weights changed."""

    def operated(self, operations: Sequence[Operation]) -> Look:
        """The network after these operations (core.insight.surgery)."""
        from core.insight.surgery import changed_weights

        return self.with_weights(changed_weights(self.network, operations))

    @property
    @abstractmethod
    def answers(self) -> list[str]:
        """What it can answer, in the order of its outputs; "" is the end of a text."""

    @abstractmethod
    def trace(self, given: Given) -> Places:
        """What it did with a text, step by step."""

    @abstractmethod
    def read(self, given: Given) -> Read:
        """All that went into the reading of a text; of a network whose words have vectors."""

    @abstractmethod
    def forgetful(self, given: Given, before: int) -> Places:
        """The trace of a network that forgets all it knows before the step `before` (from 0); 0: nothing.

        From there on it is that of a text that begins there; what was before stays as it was.
        """

    @abstractmethod
    def verdicts(self, trace: Places) -> Array:
        """(steps, answers) the probability of each answer at each step of one of its traces."""

    def answer(self, given: Given, step: int = -1) -> Array:
        """(answers,) the probability of each at a step of a text; -1: the last one."""
        return self.verdicts(self.trace(given))[step]

    @abstractmethod
    def answer_from(self, tops: Array) -> Array:
        """(..., answers) probabilities from what `Read.tops` holds."""

    @abstractmethod
    def inputs(self, given: Given, step: int) -> tuple[tuple[NDArray[np.int32], ...], slice, int]:
        """What the Keras model reads of one text until the answer at a step, where in it the text's own steps are, and
        the step there."""

    @abstractmethod
    def left_out(self, given: Given, answer: int, step: int) -> tuple[Numbers, Numbers, int]:
        """As of core.insight.salience.left_out_of: what the answer at a step loses without each step of a text."""

    def lost(self, given: Given, answer: int, step: int) -> Numbers:
        """(words,) the same, of each word that one may edit."""
        return self.left_out(given, answer, step)[0]

    @abstractmethod
    def answers_to(self, given: Given, versions: Sequence[Edited], places: Sequence[int]) -> Array:
        """(versions, answers) the answer to each edited version of a text, at its place (-1: of the whole text, or at
        its end)."""

    def against(self, answer: int) -> list[str]:
        """Words to put in the place of others, so that another answer is given: the most frequent ones."""
        return self.network.encoder.vocabulary[FIRST_WORD : FIRST_WORD + CANDIDATES]

    @abstractmethod
    def tests(self, table: pd.DataFrame, most: int) -> object:
        """At most so many judged texts, ready to be read again and again."""

    @abstractmethod
    def judged(self, tests: object, forget: int = 0) -> Judged:
        """What it answers to these; `forget`: it forgets what is before this step."""

    @abstractmethod
    def samples(self, frame: pd.DataFrame) -> Iterator[Sample]:
        """States along rows of the data set, with their classes by their places in `sample_names`."""

    @property
    def sample_names(self) -> list[str]:
        """What the points of `samples` are coloured by; one name: all alike."""
        return self.network.class_names

    @abstractmethod
    def counted(self, frame: pd.DataFrame) -> Words:
        """How often each word stands in rows of the data set, for each of `sample_names`."""

    @abstractmethod
    def studied(self, table: pd.DataFrame) -> Studied:
        """Judged texts of which it is asked what moves its units; of very many, some, taken evenly."""

    @abstractmethod
    def hidden(self, studied: Studied) -> dict[str, Array]:
        """Its hidden states at all steps of these, by place, each (steps, units); of a recurrent network."""

    @abstractmethod
    def pulled(self, table: pd.DataFrame) -> Pulled:
        """Some judged texts, taken evenly, with the answers whose loss is followed back (core.insight.fading)."""


class EndLook(Look):
    """At a network that answers at the end of what it has read, so that one can count the words back from there.

    A tagger's answers stand amid the text: how far around them words matter is in core.insight.around.
    """

    @abstractmethod
    def beginnings(self, table: pd.DataFrame) -> tuple[Sequences, Answers]:
        """Ids of judged texts, up to where an answer is asked for, and what answers them (core.insight.distance)."""
