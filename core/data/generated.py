"""Sample texts made by rule, for what only a network that reads in order can solve.

`order`: “drôle, pas ennuyeux” against “ennuyeux, pas drôle”. Texts come in pairs with the same words, one of each
class, so that an average of word vectors cannot tell them apart.

`first_word`: the answer is the first word, followed by some forty words in which both answers come up. Each text
holds both answers equally often, so that averaging is again at chance and a network has to remember.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

import pandas as pd

from core.data.phrases import FIRST_WORD, ORDER, FirstWordPhrases, OrderPhrases

ROWS = 600
ANSWERS_EACH = 3


def generate(kind: str, language: str, rows: int = ROWS, seed: int = 0) -> pd.DataFrame:
    """Columns text and label, `rows` different texts (an even number), half of them of each class, shuffled.

    `kind` is "order" or "first_word", `language` "fr" or "en". The same arguments give the same texts.
    """
    rng = random.Random(f"{kind} {language} {seed}")
    groups = order_pairs(rng, ORDER[language]) if kind == "order" else _answers(rng, FIRST_WORD[language])
    # A dictionary keeps each text once, and whole groups keep the classes balanced.
    labels: dict[str, str] = {}
    while len(labels) < rows:
        labels |= next(groups)
    items = list(labels.items())
    rng.shuffle(items)
    return pd.DataFrame(items, columns=["text", "label"], dtype="str")


def order_pairs(rng: random.Random, phrases: OrderPhrases) -> Iterator[dict[str, str]]:
    """The same words in two orders, of opposite meaning; no two pairs differ in one choice alone."""
    known: set[tuple[str | None, ...]] = set()
    while True:
        chosen = good, bad, opening, pattern, ending = tuple(
            rng.choice(words)
            for words in (phrases.good, phrases.bad, phrases.openings, phrases.patterns, phrases.endings)
        )
        all_but_one = {(*chosen[:place], None, *chosen[place + 1 :]) for place in range(len(chosen))}
        if known & all_but_one:
            continue  # nearly the same as an earlier one
        known |= all_but_one
        yield {
            f"{opening} {pattern.format(it=good, other=bad)}{ending}": phrases.positive,
            f"{opening} {pattern.format(it=bad, other=good)}{ending}": phrases.negative,
        }


def _answers(rng: random.Random, phrases: FirstWordPhrases) -> Iterator[dict[str, str]]:
    """One text for each answer, that answer first; every sentence begins with an answer."""
    while True:
        pair = {}
        for answer in phrases.answers:
            others = sorted(phrases.answers * ANSWERS_EACH)
            others.remove(answer)
            rng.shuffle(others)
            pair[" ".join(f"{word}, {_clause(rng, phrases)}." for word in [answer, *others])] = answer.lower()
        yield pair


def _clause(rng: random.Random, phrases: FirstWordPhrases) -> str:
    return " ".join(rng.choice(words) for words in (phrases.subjects, phrases.verbs, phrases.endings))
