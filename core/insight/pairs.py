"""Pairs of sentences that have the same words in another order: whoever counts words only gives both one answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.insight.network import Network

PAIRS: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (
        ("The film was good, not bad.", "The film was bad, not good."),
        ("It was funny and not at all boring.", "It was boring and not at all funny."),
        ("I expected nothing and got everything.", "I expected everything and got nothing."),
        ("The start was slow, but the end was great.", "The start was great, but the end was slow."),
        ("She liked the book more than the film.", "She liked the film more than the book."),
        ("Cheap to buy, expensive to use.", "Expensive to buy, cheap to use."),
        ("I did not like it at first, but then I did.", "I did like it at first, but then I did not."),
        ("From the worst to the best.", "From the best to the worst."),
        ("Well played, but badly written.", "Badly played, but well written."),
        ("The dog bites the man.", "The man bites the dog."),
    ),
    "fr": (
        ("Le film était bon, pas mauvais.", "Le film était mauvais, pas bon."),
        ("C'était drôle et pas du tout ennuyeux.", "C'était ennuyeux et pas du tout drôle."),
        ("Un début lent, mais ensuite un rythme superbe.", "Un début superbe, mais ensuite un rythme lent."),
        ("Elle a préféré le livre au film.", "Elle a préféré le film au livre."),
        ("Cher à l'achat, économique à l'usage.", "Économique à l'achat, cher à l'usage."),
        ("D'abord je n'ai pas aimé, puis j'ai aimé.", "D'abord j'ai aimé, puis je n'ai pas aimé."),
        ("Du pire au meilleur.", "Du meilleur au pire."),
        ("Bien joué, mais mal écrit.", "Mal joué, mais bien écrit."),
        ("Plus de plaisir pour moins de frais.", "Moins de plaisir pour plus de frais."),
        ("Le chien mord le facteur.", "Le facteur mord le chien."),
    ),
}


@dataclass(frozen=True)
class Pair:
    """Two texts of the same words, and the network's answers (places among its classes) and how sure it is of them.
    moved: how much of the probability the other order moves, 0 to 1.
    """

    texts: tuple[str, str]
    answers: tuple[int, int]
    sure: tuple[float, float]
    moved: float


def answered(network: Network, pairs: Sequence[tuple[str, str]]) -> list[Pair]:
    """What a network makes of each pair."""
    given = network.predict([text for pair in pairs for text in pair]).reshape(len(pairs), 2, -1)
    found = []
    for pair, (one, other) in zip(pairs, given, strict=True):
        answers = int(one.argmax()), int(other.argmax())
        found.append(Pair(pair, answers, (float(one.max()), float(other.max())), float(np.abs(one - other).sum()) / 2))
    return found


def language_of(network: Network) -> str:
    """The language of `PAIRS` of which the network knows more words."""
    known = {
        language: np.mean([token.known for pair in pairs for text in pair for token in network.encoder.tokens(text)])
        for language, pairs in PAIRS.items()
    }
    return max(known, key=known.__getitem__)


def twins(network: Network, texts: Sequence[str], labels: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of places of texts that have the same tokens, as the network reads them, in another order, and other
    labels; each text is in one pair at the most.
    """
    waiting: dict[bytes, list[int]] = {}
    found = []
    sequences = network.encoder.encode(texts)
    for place in range(len(sequences)):
        key = np.sort(sequences.row(place)).tobytes()
        others = waiting.setdefault(key, [])
        match = next((other for other in others if labels[other] != labels[place]), None)
        if match is None:
            others.append(place)
        else:
            others.remove(match)
            found.append((match, place))
    return found
