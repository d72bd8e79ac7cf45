"""Does a network use the order of the words, or only which words there are?

The same texts are read once more with their words shuffled. An average of word vectors cannot notice; what a network
loses by it is what it owes to order. The idea is that of the shuffling tests of Khandelwal et al. (2018) and Pham et
al. (2021).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.breaks import Between, no_stop
from core.evaluation.comparison import sign_test
from core.evaluation.resampling import percentiles, resampled, resamples
from core.insight.network import Network
from core.messages import N_
from core.models.base import Array
from core.text.sequences import Sequences

MOST_TEXTS = 1_000
SHUFFLES = 3

Answers = Callable[[Sequences], Array]
Verdict = Literal["used", "unused", "noise", "harmful"]

SENTENCES: dict[Verdict, str] = {
    "used": N_(
        "This network uses the order of the words. With the words of each text shuffled, it is right {shuffled} of the "
        "time instead of {accuracy}: {points} points less, likely between {low} and {high}."
    ),
    "unused": N_(
        "This network does not use the order of the words at all: shuffled or not, every text gets the same answer."
    ),
    "noise": N_(
        "Nothing shows that this network uses the order of the words to be right. With the words of each text "
        "shuffled, it is right {shuffled} of the time instead of {accuracy}; on {texts} test texts, a difference of "
        "{points} points (likely between {low} and {high}) is within noise."
    ),
    "harmful": N_(
        "The order of the words misleads this network. With the words of each text shuffled, it is right {shuffled} of "
        "the time instead of {accuracy}: {points} points more, likely between {low} and {high}."
    ),
}


@dataclass(frozen=True)
class Order:
    """accuracy: on the texts as they are; shuffled: mean over the shuffles; changed: share of answers that another
    order changed. All fractions of one. low, high: of accuracy - shuffled (95 %, bootstrap over texts).
    texts: how many were read; those of one token, which cannot be shuffled, included.
    """

    texts: int
    accuracy: float
    shuffled: float
    changed: float
    low: float
    high: float
    verdict: Verdict

    @property
    def sentence(self) -> str:
        """The plain sentence for it; its places are the fields, and {points} in percentage points."""
        return SENTENCES[self.verdict]

    @property
    def points(self) -> tuple[float, float, float]:
        """The difference and its bounds in percentage points, without a sign where the sentence says “more”."""
        difference, low, high = (100 * value for value in (self.accuracy - self.shuffled, self.low, self.high))
        return (-difference, -high, -low) if self.verdict == "harmful" else (difference, low, high)


def shuffled(sequences: Sequences, generator: np.random.Generator) -> Sequences:
    """The same rows, each with its tokens in a random order."""
    rows = np.repeat(np.arange(len(sequences)), np.diff(sequences.offsets))
    # Sorted by row, and within it by a random number.
    return Sequences(sequences.ids[np.lexsort((generator.random(len(rows)), rows))], sequences.offsets)


def order(
    answers: Answers, sequences: Sequences, labels: NDArray[np.int32], between: Between = no_stop, seed: int = 0
) -> Order:
    """Read texts as they are and shuffled; labels (texts,) are places among the answers (texts, classes).

    “Used” needs an interval of the mean difference without zero and a sign test below .05, as in comparisons.
    """
    generator = np.random.default_rng(seed)
    as_written = answers(sequences).argmax(axis=1)
    others = []
    for _ in range(SHUFFLES):
        between()
        others.append(answers(shuffled(sequences, generator)).argmax(axis=1))
    mixed = np.array(others)
    right, mixed_right = as_written == labels, (mixed == labels).mean(axis=0)
    changed = float((mixed != as_written).mean())
    lost = right - mixed_right
    texts = len(labels)
    draws = np.concatenate([drawn @ lost / texts for drawn in resampled(texts, resamples(texts), seed)])
    low, high = (float(np.nan_to_num(bound)) for bound in percentiles(draws))
    verdict: Verdict = "noise"
    if changed == 0:
        verdict = "unused"
    elif (low > 0 or high < 0) and sign_test(int((lost > 0).sum()), int((lost < 0).sum())) < 0.05:
        verdict = "used" if low > 0 else "harmful"
    return Order(texts, float(right.mean()), float(mixed_right.mean()), changed, low, high, verdict)


def order_of(network: Network, texts: Sequence[str], labels: Sequence[str], between: Between = no_stop) -> Order:
    """The same for a trained network and labelled texts; of very many, `MOST_TEXTS` taken evenly.

    The network should not have learned from these texts: what it knows by heart it may also know by its order.
    """
    places = np.unique(np.linspace(0, len(texts) - 1, min(MOST_TEXTS, len(texts))).astype(np.int64))
    known = {name: place for place, name in enumerate(network.class_names)}
    wanted = np.array([known[labels[place]] for place in places], np.int32)
    return order(network.answers, network.encoder.encode([texts[place] for place in places]), wanted, between)


def in_other_orders(network: Network, text: str, times: int, seed: int = 0) -> list[tuple[list[str], Array]]:
    """One text with its words shuffled `times` times: the words that are read as typed, and the answer (classes,)."""
    tokens = [token for token in network.encoder.tokens(text) if token.seen]
    generator = np.random.default_rng(seed)
    orders = [generator.permutation(len(tokens)) for _ in range(times)]
    sequences = Sequences.from_lists([[tokens[place].id for place in places] for places in orders])
    found = network.answers(sequences)
    return [([tokens[place].text for place in places], answer) for places, answer in zip(orders, found, strict=True)]
