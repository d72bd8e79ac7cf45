"""How soon each control of page Look inside answers on a text of 200 words and 128 units, while a training runs beside
it: what the page works out and hands to the browser. And time travel and surgery on 1,000 texts.

python -m tests.benchmarks.reaction [FILE] [--alone]        --alone: without the training
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.data.dataset import Dataset
from core.data.given import read_dataset
from core.insight import sums, surgery
from core.insight.looks import Given
from core.insight.looks.texts import TextLook
from core.insight.network import Network, Trace
from core.insight.race import lanes
from core.insight.salience import COMPLETE, left_out_of
from core.insight.surgery import changed_weights, effect
from core.insight.unit_order import by_similarity, contributions
from core.text.prepare import prepare
from core.threads import one_for_numpy
from core.training.recipes import recipe

WORDS, UNITS, TEXTS, TIMES = 200, 128, 1_000, 5
BUDGET, BUDGET_OF_MANY = 0.3, 2.0
CELLS = ("simple_rnn", "lstm", "gru")
_TRAINS = "trains"


@dataclass(frozen=True)
class Reaction:
    """seconds, cpu: medians, on the clock and of the processor, of one control of a network."""

    network: str
    control: str
    seconds: float
    cpu: float

    @property
    def budget(self) -> float:
        return BUDGET_OF_MANY if "1,000" in self.control or "follow" in self.control else BUDGET


def show(dataset: Dataset, beside: str | None) -> None:
    """Measure and print all; `beside`: what is trained meanwhile, "" for nothing."""
    one_for_numpy()  # as in the web process
    with training(beside) if beside is not None else _nothing():
        found = [each for cell in CELLS for two in (False, True) for each in measured(dataset, cell, two)]
    print(f"{WORDS} words, {UNITS} units{', a training beside' if beside is not None else ''}; "
          f"medians of {TIMES}: seconds (of them processor)")  # fmt: skip
    networks = list(dict.fromkeys(each.network for each in found))
    print(f"{'':34}" + "".join(f"{name:>15}" for name in networks) + "   budget")
    for control in dict.fromkeys(each.control for each in found):
        row = {each.network: each for each in found if each.control == control}
        cells = "".join(f"{row[name].seconds:8.2f} ({row[name].cpu:.2f})" for name in networks)
        print(f"{control:34}{cells}   {next(iter(row.values())).budget:.1f} s")
    slow = sum(each.seconds > each.budget for each in found)
    print(f"over budget: {slow} of {len(found)}\n")


def measured(dataset: Dataset, cell: str, two: bool) -> Iterator[Reaction]:
    """Of one cell, in one direction or two; its weights are those before a training, which costs the same."""
    from core.insight.gradients import Gradients

    network, tests = _network(dataset, cell, two)
    look, name = TextLook(network), f"{cell}{' ↔' if two else ''}"
    given = Given(" ".join(np.random.default_rng(0).choice(network.encoder.vocabulary[2:], WORDS)))
    trace, read = look.trace(given), look.read(given)
    place = trace.places[0]
    ids = np.array([token.id for token in trace.tokens if token.seen], np.int32)
    gradients, answer = Gradients(network), int(trace.probabilities.argmax())
    labelled = look.tests(tests, TEXTS)
    before = look.judged(labelled)
    silenced = [surgery.Silenced(place, (1, 2))]
    other = look.with_weights(changed_weights(network, silenced))
    controls: dict[str, Callable[[], object]] = {
        "another text": lambda: look.trace(given),
        "another word or unit: pictures": lambda: _pictures(trace, place, 3),
        "units like beside like": lambda: by_similarity(trace.at(place)),
        "units by what they add": lambda: contributions(look, look.read(given), place),
        "the very sum": lambda: sums.made(network, read, place, WORDS // 2, 3),
        "race": lambda: lanes([network], given.text),
        "surgery: verdicts": lambda: look.with_weights(changed_weights(network, silenced)).trace(given),
        "surgery: forget before a word": lambda: other.forgetful(given, WORDS // 2),
        "what counted: leaving out": lambda: left_out_of(network, ids, answer),
        "what counted: gradient × input": lambda: gradients.plain(ids[None], answer),
        "integrated gradients, which follow": lambda: gradients.complete(ids[None], answer, COMPLETE),
        "time travel: an epoch's reading": lambda: look.with_weights(network.weights).trace(given),
        "time travel: 1,000 texts": lambda: look.with_weights(network.weights).judged(labelled),
        "surgery: 1,000 texts": lambda: effect(before, other.judged(labelled)),
    }
    for control, work in controls.items():
        yield Reaction(name, control, *_timed(work))


@contextmanager
def training(data: str) -> Iterator[None]:
    """A training of these texts in a process of its own, as a worker does it, until the block ends."""
    command = [sys.executable, "-m", "tests.benchmarks.reaction", data, "--train"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout
        for line in process.stdout:
            if line.strip() == _TRAINS:
                break
        try:
            yield
        finally:
            process.kill()


@contextmanager
def _nothing() -> Iterator[None]:
    yield


def _train(dataset: Dataset) -> None:
    from core.training.observer import Observer
    from core.training.runtime import start
    from core.training.session import fit

    class Told(Observer):
        def on_batch(self, epoch: int, step: int, *values: object) -> None:
            if step == 1:
                print(_TRAINS, flush=True)

    start()
    settings = recipe("recommended", "lstm", len(dataset)).with_values({"epochs": 500, "patience": 500})
    fit(settings, prepare(dataset, settings.preparation, settings.split), Told())


def _network(dataset: Dataset, cell: str, two: bool) -> tuple[Network, pd.DataFrame]:
    """A network of that cell, and labelled texts to be judged on."""
    from core.training.session import initial_model

    values = {"units": UNITS, "embedding_dim": UNITS, "bidirectional": two, "sequence_length": 256}
    settings = recipe("recommended", cell, len(dataset)).with_values(values)
    prepared = prepare(dataset, settings.preparation, settings.split)
    model, names = initial_model(settings, prepared), prepared.class_names
    network = Network(settings, prepared.encoder, names, model_weights(settings, model))
    test = prepared.parts["test"]
    rows = [place % len(test) for place in range(TEXTS)]
    table = {"text": [test.texts[row] for row in rows], "label": [names[test.labels[row]] for row in rows]}
    return network, pd.DataFrame(table)


def model_weights(settings: object, model: object) -> dict[str, np.ndarray]:
    """The model's numbers as our files name them."""
    from core.models import architecture

    return architecture(settings.network.architecture).weights(model)  # type: ignore[attr-defined, arg-type]


def _pictures(trace: Trace, place: str, word: int) -> int:
    """The lanes of view “The memory” as they go to the browser: their characters."""
    from dashboard.ui import charts
    from dashboard.ui.charts.units import curves_of_unit

    words = [token.text for token in trace.tokens if token.seen]
    states = trace.at(place)
    lanes = [
        charts.verdicts(trace.verdicts, words, ["no", "yes"], word=word),
        charts.heat_map(states, words, "memory", chosen=(word, 2)),
        charts.norms(np.linalg.norm(states, axis=1), words, word=word),
        curves_of_unit({"unit": states[:, 2]}, words, "unit", word),
    ]
    return sum(len(lane.figure.to_json()) for lane in lanes)


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    work()
    clock, cpu = [], []
    for _time in range(TIMES):
        began, worked = time.perf_counter(), time.process_time()
        work()
        clock.append(time.perf_counter() - began)
        cpu.append(time.process_time() - worked)
    return float(np.median(clock)), float(np.median(cpu))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("file", nargs="?", default="sample:reviews_en")
    options.add_argument("--alone", action="store_true")
    options.add_argument("--train", action="store_true", help=argparse.SUPPRESS)
    given = options.parse_args()
    dataset = read_dataset(given.file)
    if given.train:
        _train(dataset)
    else:
        from core.training.runtime import start

        start()
        show(dataset, None if given.alone else given.file)


if __name__ == "__main__":
    main()
