"""LSTM of 64 units on embeddings of 128 as we train it, and the tutorial recipe: texts a second, and how long each
takes to the validation accuracy that the tutorial recipe reaches. Both learn from the same texts, in turns.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np

from core.data.dataset import Dataset
from core.text.prepare import prepare
from core.training.observer import EpochResult, Observer
from core.training.recipes import recipe
from core.training.session import fit
from core.training.step import Steps

ROUNDS = 3
_SPLIT = {"validation_learned": 0.0}


@dataclass
class Course:
    """One training: validation accuracy after each epoch; seconds of clock and of processor time of learning alone,
    added up over the epochs."""

    texts: int
    accuracies: list[float]
    clock: list[float]
    processor: list[float]

    def texts_a_second(self, seconds: list[float]) -> float:
        return self.texts * len(seconds) / seconds[-1]

    def reached(self, accuracy: float) -> tuple[int, float] | None:
        """The first epoch that was so accurate, and the processor seconds until its end."""
        found = [place for place, each in enumerate(self.accuracies) if each >= accuracy]
        return (found[0] + 1, self.processor[found[0]]) if found else None


def show(dataset: Dataset) -> None:
    rounds = [(_tutorial(dataset, seed), _ours(dataset, seed)) for seed in range(ROUNDS)]
    print("LSTM(64), embeddings of 128, by our settings and by the tutorial recipe, written plainly; one thread")
    for name, place in (("tutorial recipe", 0), ("ours", 1)):
        speeds = [row[place].texts_a_second(row[place].processor) for row in rounds]
        print(f"  {name:16} {median(speeds):6.0f} texts/s of processor time")
    for name in ("processor", "clock"):
        ratios = [b.texts_a_second(getattr(b, name)) / a.texts_a_second(getattr(a, name)) for a, b in rounds]
        print(f"  ours / tutorial, {name:9} {median(ratios):5.2f} ({min(ratios):.2f} to {max(ratios):.2f})")
    for seed, (tutorial, ours) in enumerate(rounds):
        wanted = max(tutorial.accuracies)
        there, here = tutorial.reached(wanted), ours.reached(wanted)
        assert there
        ours_words = f"ours in epoch {here[0]} after {here[1]:.1f} s" if here else "ours never"
        print(
            f"  seed {seed}: the tutorial reaches {wanted:.3f} in epoch {there[0]} after {there[1]:.1f} s, {ours_words}"
        )
    print()


def _tutorial(dataset: Dataset, seed: int) -> Course:
    """As it is usually written: all padded to 100, batches of 32, `fit`."""
    import keras

    told = recipe("tutorial", "lstm").with_values({**_SPLIT, "seed": seed})
    prepared = prepare(dataset, told.preparation, told.split)
    (ids, labels), (some, their) = (
        (part.sequences.padded(np.arange(len(part)), 100, "left"), part.labels)
        for part in (prepared.parts["train"], prepared.parts["validation"])
    )
    keras.utils.set_random_seed(seed)
    model = keras.Sequential(
        [
            keras.layers.Embedding(prepared.encoder.vocabulary_size, 128),
            keras.layers.LSTM(64),
            keras.layers.Dense(len(prepared.class_names), activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(ids[:256], labels[:256], batch_size=32, epochs=1, verbose=0)
    course = Course(len(ids), [], [], [])
    for _ in range(told.training.epochs):
        began, worked = time.perf_counter(), time.process_time()
        model.fit(ids, labels, batch_size=32, epochs=1, verbose=0)
        _add(course, time.perf_counter() - began, time.process_time() - worked)
        course.accuracies.append(float(model.evaluate(some, their, verbose=0)[1]))
    return course


def _ours(dataset: Dataset, seed: int) -> Course:
    values: dict[str, Any] = {"embedding_dim": 128, "units": 64, "bidirectional": False, "seed": seed, **_SPLIT}
    settings = recipe("recommended", "lstm", len(dataset)).with_values(values)
    prepared = prepare(dataset, settings.preparation, settings.split)
    course = Course(len(prepared.parts["train"]), [], [], [])
    taken: list[tuple[float, float]] = [(0.0, 0.0)]
    with _timed(taken):
        fit(settings, prepared, _Noting(course, taken))
    return course


class _Noting(Observer):
    def __init__(self, course: Course, taken: list[tuple[float, float]]) -> None:
        self._course, self._taken = course, taken

    def on_epoch(self, result: EpochResult) -> None:
        _add(self._course, *self._taken[0])
        self._course.accuracies.append(result.val_accuracy)
        self._taken[0] = (0.0, 0.0)


class _timed:
    """While it lasts, the seconds of all training steps are added up; validation is left out, as in the tutorial's."""

    def __init__(self, taken: list[tuple[float, float]]) -> None:
        self._taken, self._own = taken, Steps.train

    def __enter__(self) -> None:
        own, taken, warm = self._own, self._taken, iter(range(1))

        def train(steps: Steps, *arrays: Any) -> tuple[float, float]:
            began, worked = time.perf_counter(), time.process_time()
            found = own(steps, *arrays)
            if next(warm, None) is None:  # the first step compiles; the tutorial's was left out, too
                clock, processor = taken[0]
                taken[0] = (clock + time.perf_counter() - began, processor + time.process_time() - worked)
            return found

        Steps.train = train  # type: ignore[method-assign]

    def __exit__(self, *_: object) -> None:
        Steps.train = self._own  # type: ignore[method-assign]


def _add(course: Course, clock: float, processor: float) -> None:
    course.clock.append(clock + (course.clock[-1] if course.clock else 0.0))
    course.processor.append(processor + (course.processor[-1] if course.processor else 0.0))
