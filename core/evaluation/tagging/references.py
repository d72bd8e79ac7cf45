"""What a tagger must beat to be worth its while, on the same words: simpler things, from the simplest up.

- tag_majority: every word gets the training words' most frequent tag.
- tag_per_word: every word the tag that it most often has in the training sentences; unknown words the tag that words
  met only once most often have.
- tag_linear: logistic regression on what can be seen of a word and its neighbours.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from core.breaks import Between, beside, no_stop
from core.evaluation.answers import Probabilities
from core.evaluation.evaluate import Evaluation
from core.evaluation.tagging.scores import JUDGED, scored
from core.messages import N_

if TYPE_CHECKING:
    from core.text.prepare import Prepared

REFERENCES: dict[str, str] = {
    "tag_majority": N_("the most frequent tag"),
    "tag_per_word": N_("each word's most frequent tag"),
    "tag_linear": N_("logistic regression on words and endings"),
}
# The solver keeps some twenty copies of the weights: 4 million are 640 MB.
MOST_WEIGHTS = 4_000_000
MOST_WORDS = 400_000  # to learn from
_OWN = 0.9  # of a known word's probability, the share that comes from the word and not from all words

Sentence = list[str]


def each_reference(prepared: Prepared, between: Between = no_stop) -> Iterator[tuple[str, Evaluation]]:
    """The three one by one, each as soon as it is there. `between` is called every now and then."""
    yield "tag_majority", majority(prepared)
    between()
    yield "tag_per_word", per_word(prepared)
    between()
    yield "tag_linear", linear(prepared, between)


def majority(prepared: Prepared) -> Evaluation:
    """Answers every word with the tags' shares among the training words."""
    start = time.perf_counter()
    shares = _shares(prepared.parts["train"].labels, len(prepared.class_names))
    answers = {name: np.tile(shares, (sum(map(len, _sentences(prepared, name))), 1)) for name in JUDGED}
    return scored(prepared, answers, time.perf_counter() - start)


def per_word(prepared: Prepared) -> Evaluation:
    """Looks each word up, as it is written, then in small letters."""
    start = time.perf_counter()
    classes = {tag: place for place, tag in enumerate(prepared.class_names)}
    counts: dict[str, Counter[int]] = {}
    for words, tags in zip(_sentences(prepared, "train"), _tags(prepared), strict=True):
        for word, tag in zip(words, tags, strict=True):
            for key in {word, word.lower()}:
                counts.setdefault(key, Counter())[classes[tag]] += 1
    every = _shares(prepared.parts["train"].labels, len(classes))
    once = [place for found in counts.values() if found.total() == 1 for place in found]
    unknown = _shares(np.array(once, np.int64), len(classes)) if once else every
    table = {word: _OWN * _of(found, len(classes)) + (1 - _OWN) * every for word, found in counts.items()}
    answers = {
        name: np.stack(
            [
                table.get(word, table.get(word.lower(), unknown))
                for sentence in _sentences(prepared, name)
                for word in sentence
            ]
        )
        for name in JUDGED
    }
    return scored(prepared, answers, time.perf_counter() - start)


def linear(prepared: Prepared, between: Between = no_stop) -> Evaluation:
    """Logistic regression (C = 1) on each word, its endings, its beginning, its shape and its two neighbours' words."""
    from sklearn.feature_extraction import FeatureHasher
    from sklearn.linear_model import LogisticRegression

    start = time.perf_counter()
    names = prepared.class_names
    train = [features(words) for words in _sentences(prepared, "train")]
    tags = [tag for tags in _tags(prepared) for tag in tags][:MOST_WORDS]
    seen = [word for sentence in train for word in sentence][:MOST_WORDS]
    columns = 2 ** int(np.log2(max(2, min(2**17, MOST_WEIGHTS // len(names)))))
    hasher = FeatureHasher(columns, input_type="string", alternate_sign=False)
    between()
    model = LogisticRegression(C=1.0, max_iter=60, tol=1e-3)
    _learn(model, hasher.transform(seen), [names.index(tag) for tag in tags], between)
    answers: dict[str, Probabilities] = {}
    for name in JUDGED:
        rows = [word for words in _sentences(prepared, name) for word in features(words)]
        every = np.zeros((len(rows), len(names)))
        every[:, model.classes_] = model.predict_proba(hasher.transform(rows))
        answers[name] = every
        between()
    return scored(prepared, answers, time.perf_counter() - start)


def features(words: Sentence) -> list[list[str]]:
    """What is seen of each word: "lower=chats", "end=ts", "shape=Xx", "before=les", ..."""
    around = ["^", "^", *(word.lower() for word in words), "$", "$"]
    seen = []
    for place, word in enumerate(words):
        lower = word.lower()
        here = [f"word={word}", f"lower={lower}", f"shape={_shape(word)}", f"begin={lower[:3]}"]
        here += [f"end={lower[-size:]}" for size in range(1, 5)]
        before, after = around[place + 1], around[place + 3]
        here += [f"before={before}", f"after={after}", f"before2={around[place]}", f"after2={around[place + 4]}"]
        here += [f"before end={before[-3:]}", f"after end={after[-3:]}", f"pair={before} {lower}"]
        seen.append([*here, "first" if place == 0 else "inside"])
    return seen


def _shape(word: str) -> str:
    """Capitals as X, small letters as x, digits as 9, each run once: "L'Été-2024" is "X'Xx-9"."""
    marks = ("X" if each.isupper() else "x" if each.islower() else "9" if each.isdigit() else each for each in word)
    shape = ""
    for mark in marks:
        if not shape.endswith(mark):
            shape += mark
    return shape


def _learn(model: Any, rows: Any, tags: list[int], between: Between) -> None:
    import warnings

    from sklearn.exceptions import ConvergenceWarning

    def fit() -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # some steps short of the optimum, it is as good
            model.fit(rows, tags)

    beside(fit, between)


def _sentences(prepared: Prepared, name: str) -> list[Sentence]:
    part: Any = prepared.parts[name]
    return [words.split("\t") for words in part.words]


def _tags(prepared: Prepared) -> Iterable[Sentence]:
    part: Any = prepared.parts["train"]
    return [tags.split("\t") for tags in part.tags]


def _shares(places: Any, classes: int) -> Any:
    counts = np.bincount(places, minlength=classes)
    return counts / counts.sum()


def _of(found: Counter[int], classes: int) -> Any:
    return _shares(np.repeat(list(found), list(found.values())), classes)
