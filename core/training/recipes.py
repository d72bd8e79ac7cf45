"""Ready-made settings: the well-known tutorial's, the recommended ones, and a quick look."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import ceil, log2
from typing import Any

from core.config import RunSettings, Split, validated
from core.errors import SettingsError
from core.messages import N_
from core.models import architecture
from core.tasks import task

Values = Mapping[str, Any]


class UnknownRecipe(SettingsError):
    message = N_("There is no recipe “{name}”. Did you mean “{suggestion}”?")


@dataclass(frozen=True)
class Recipe:
    """Values of parameters that differ from their defaults: `common` ones, then those of an architecture.

    `by_size` gives those that depend on the number of texts.
    """

    name: str
    title: str
    summary: str
    common: Values = field(default_factory=dict)
    by_architecture: Mapping[str, Values] = field(default_factory=dict)
    by_size: Callable[[int], Values] | None = None

    def settings(self, architecture_name: str, texts: int | None, task_name: str) -> RunSettings:
        """All settings; values of parameters that the architecture does not have are left out."""
        network = architecture(architecture_name).settings
        known = set(network.model_fields)
        start = validated({"recipe": self.name, "task": task_name, "network": {"architecture": architecture_name}})
        values = {**self.common, **self.by_architecture.get(architecture_name, {})}
        if self.by_size and texts:
            values |= self.by_size(texts)
        values |= task(task_name).values(self.name, texts)
        known |= {name for group in start.groups().values() for name in type(group).model_fields}
        return start.with_values({name: value for name, value in values.items() if name in known})


def _enough_steps(texts: int) -> Values:
    """Batches and epochs for that many texts: what few of them lack is not epochs but steps.

    Batches of a sixtieth of the training texts, 16 to 64; a thousand steps, more of them in small batches, in 8 to 40
    epochs, or down to 3 of very many texts. As nothing is chosen by the validation texts, of the usual 15 % some 10
    remain, or 5 of large sets, and the others are learned from.

    >>> _enough_steps(2_000)
    {'validation_learned': 0.35, 'batch_size': 32, 'epochs': 21}
    """
    usual = Split()
    returned = 0.65 if texts >= 5_000 else 0.35
    learned = max(1, round(texts * (1 - usual.test_share - usual.validation_share * (1 - returned))))
    batch_size = 2 ** min(6, max(4, round(log2(learned / 60))))
    wanted = 1_000 if batch_size > 16 else 1_600  # each step of small batches tells less
    least = min(8, max(3, 400_000 // learned))  # of very many texts, each needs to be read less often
    epochs = min(40, max(least, ceil(wanted / ceil(learned / batch_size))))
    return {"validation_learned": returned, "batch_size": batch_size, "epochs": epochs}


_TUTORIAL = Recipe(
    "tutorial",
    N_("Tutorial"),
    N_("As the well-known tutorial has it: all texts padded to 100 tokens, five epochs, nothing fitted to your texts."),
    {
        # What Keras's Tokenizer and pad_sequences do unless told otherwise: no punctuation, zeros and cuts in front.
        "cleaning": ("lowercase", "punctuation", "spaces"),
        "max_vocabulary": 10_000,
        "minimum_count": 1,
        "sequence_length": 100,
        "truncation": "start",
        "padding": "left",
        "mask_padding": False,
        "embedding_dim": 128,
        "embedding_dropout": 0.0,
        "units": 64,
        "dropout": 0.0,
        "read_out": "last",
        "epochs": 5,
        "learning_rate": 0.001,
        "batch_size": 32,
        "lazy_embedding": False,
        "gradient_clip": 0.0,
        "early_stopping": False,
        "batching": "shuffled",
    },
    {
        # SimpleRNN(128, dropout=0.3, recurrent_dropout=0.3)
        "simple_rnn": {"units": 128, "embedding_dropout": 0.3, "recurrent_dropout": 0.3},
        "pooling": {"dropout": 0.3},
    },
)
# What each of these brings: core/training/RECIPES.md
_LEARNING: Values = {
    "truncation": "middle",
    "vector_start": "neighbours",
    "word_dropout": 0.3,
    "word_dropout_length": 30,
    "schedule": "linear",
    "early_stopping": False,
}
_RECOMMENDED = Recipe(
    "recommended",
    N_("Recommended"),
    N_("Measured on French and English texts, short and long: learns more, in less time, without being tuned."),
    {**_LEARNING, "bidirectional": True},
    {"pooling": {"word_dropout": 0.0}},
    by_size=_enough_steps,
)
_FAST = Recipe(
    "fast",
    N_("Quick look"),
    N_("A small network and few epochs: an answer in seconds, a little less accurate."),
    {"sequence_length": 64, "embedding_dim": 32, "units": 32, "epochs": 6, "batch_size": 64, "patience": 2},
)

RECIPES: dict[str, Recipe] = {recipe.name: recipe for recipe in (_RECOMMENDED, _TUTORIAL, _FAST)}


def recipe(
    name: str, architecture_name: str, texts: int | None = None, task_name: str = "classification"
) -> RunSettings:
    """The settings of a recipe for an architecture, a task, and, if it is known, a number of usable texts.

    Raises UnknownRecipe, UnknownArchitecture or UnknownTask with a guess.
    """
    if name not in RECIPES:
        raise UnknownRecipe(name=name, suggestion=difflib.get_close_matches(name, RECIPES, n=1, cutoff=0.0)[0])
    task(task_name).require(architecture_name)
    return RECIPES[name].settings(architecture_name, texts, task_name)
