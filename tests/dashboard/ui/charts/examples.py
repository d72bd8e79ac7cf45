"""One of each chart, drawn from few numbers and words that would do harm if they were rendered."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from dashboard.ui import charts
from dashboard.ui.charts import memory, movers, race, vectors

WORDS = ["pas", "<b>mal</b>", ",", "pas", "anticonstitutionnellement", "&amp;"]
HOSTILE = "<a href='x'>Klasse</a> {name} $x$ %{y}"
HISTORY = pd.DataFrame(
    {"epoch": [1, 2], "loss": [0.7, 0.5], "accuracy": [0.5, 0.7], "val_loss": [0.8, 0.6], "val_accuracy": [0.55, 0.65]}
)
BATCHES = pd.DataFrame({"epoch": [0.5, 1.0, 1.5, 2.0], "loss": [0.9, 0.8, 0.6, 0.5], "accuracy": [0.4, 0.5, 0.6, 0.7]})
STATES = np.linspace(-0.5, 0.25, 24, dtype=np.float32).reshape(6, 4)
VERDICTS = np.tile(np.float32([0.25, 0.75]), (6, 1))
SCORES = pd.DataFrame({"system": ["LSTM", HOSTILE], "value": [0.8, 0.5], "low": [0.7, np.nan], "high": [0.9, np.nan]})
CURVE = pd.DataFrame({"false_rate": [0.0, 0.5, 1.0], "recall": [0.0, 0.8, 1.0], "precision": [1.0, 0.6, 0.5]})

PLACES = pd.DataFrame({"place": [1, 2, 4], "change": [0.1, 0.2, 0.0], "low": [0.0, 0.1, 0.0], "high": [0.2, 0.3, 0.1]})
AROUND = PLACES.assign(place=[-2, -1, 1])
PULLS = {0: np.array([1.0, 0.1, 0.0]), 2: np.array([0.5, 0.4, 0.3])}
SPOTS = np.linspace(-1, 1, 12).reshape(6, 2)
LEANING = np.array([0, 1, -1, 0, 0, 1])

ALL: dict[str, Callable[[], charts.Chart]] = {
    "curves": lambda: charts.curves([(HOSTILE, 0, HISTORY), ("gru", 1, HISTORY)], "accuracy", {HOSTILE: 0.5}),
    "live": lambda: charts.curves([("a", 0, HISTORY)], "loss", {HOSTILE: 0.69}, epochs=5, batches=BATCHES),
    "heat_map": lambda: charts.heat_map(STATES, WORDS, HOSTILE),
    "norms": lambda: charts.norms(np.linalg.norm(STATES, axis=1), WORDS),
    "verdicts": lambda: charts.verdicts(VERDICTS, WORDS, [HOSTILE, "b"]),
    "class_balance": lambda: charts.class_balance(pd.Series({HOSTILE: 3, "b": 1000})),
    "lengths": lambda: charts.lengths([0, 10, 20, 30], [5, 3, 1], cut_at=20),
    "frequencies": lambda: charts.frequencies(np.array([900, 3, 1, 1]), [HOSTILE, "<b>mal", "c", "d"], 2),
    "learning_rates": lambda: charts.learning_rates([1e-4, 1e-2, 1.0], [0.7, 0.3, 2.0], 0.003),
    "confusion": lambda: charts.confusion([[3, 1], [0, 4]], [HOSTILE, "b"]),
    "scores": lambda: charts.scores(SCORES),
    "roc": lambda: charts.trade_off({HOSTILE: CURVE, "b": CURVE}, "roc", 0.5),
    "precision_recall": lambda: charts.trade_off({HOSTILE: CURVE, "b": CURVE}, "precision_recall", 0.5),
    "probabilities": lambda: charts.probabilities(np.float32([0.25, 0.75]), [HOSTILE, "b"]),
    "words": lambda: vectors.words(SPOTS, WORDS, [0.5, 0.2], HOSTILE, classes=(LEANING, [HOSTILE, "b"])),
    "solid": lambda: vectors.words(np.c_[SPOTS, SPOTS[:, 0]], WORDS, [0.5, 0.2, 0.1], "Words", chosen=[1]),
    "movers": lambda: movers.movers([("<b>mal</b>", 0.4, 9), (HOSTILE, -0.2, 3)], 7),
    "race": lambda: race.race(WORDS, [(HOSTILE, VERDICTS, [2]), ("gru", VERDICTS, [])], [HOSTILE, "b"]),
    "by_distance": lambda: memory.by_distance([(HOSTILE, 0, PLACES), ("gru", 1, PLACES)]),
    "around_word": lambda: memory.around_word([(HOSTILE, 0, AROUND), ("gru", 1, AROUND)]),
    "pulls": lambda: memory.pulls(PULLS, HISTORY, 2),
    "pulls of cells": lambda: memory.pulls(PULLS, HISTORY, 2, PULLS),
}
EMPTY: dict[str, Callable[[], charts.Chart]] = {
    "no words": lambda: vectors.words(np.zeros((0, 2)), [], [0.0, 0.0], "Words", counts=np.zeros(0, np.int64)),
    "no movers": lambda: movers.movers([], 1),
    "no lanes": lambda: race.race([], [], ["a", "b"]),
    "no neighbours": lambda: memory.around_word([("a", 0, AROUND.iloc[:0])]),
    "no distances": lambda: memory.by_distance([("a", 0, PLACES.iloc[:0])]),
    "no gradients": lambda: memory.pulls({}, HISTORY.iloc[:0], 0),
    "curves": lambda: charts.curves([], "loss"),
    "no epoch": lambda: charts.curves([("a", 0, HISTORY.iloc[:0])], "accuracy", batches=BATCHES.iloc[:0]),
    "only batches": lambda: charts.curves([("a", 0, HISTORY.iloc[:0])], "accuracy", epochs=5, batches=BATCHES),
    "heat_map": lambda: charts.heat_map(np.zeros((0, 4), np.float32), [], "Nothing"),
    "zeros": lambda: charts.heat_map(np.zeros((1, 1), np.float32), ["a"], "Nothing"),
    "norms": lambda: charts.norms(np.zeros(0, np.float32), []),
    "verdicts": lambda: charts.verdicts(np.zeros((0, 2), np.float32), [], ["a", "b"]),
    "class_balance": lambda: charts.class_balance({}),
    "lengths": lambda: charts.lengths([0, 1], [0]),
    "frequencies": lambda: charts.frequencies(np.zeros(0, np.int64), [], 0),
    "none kept": lambda: charts.frequencies(np.array([1]), ["a"], 0),
    "learning_rates": lambda: charts.learning_rates([], [], None),
    "confusion": lambda: charts.confusion(np.zeros((2, 2), int), ["a", "b"]),
    "scores": lambda: charts.scores(SCORES.iloc[:0]),
}
