"""Ready-made settings: the well-known tutorial's, the recommended ones, and a quick look."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.config import RunSettings, validated
from core.errors import SettingsError
from core.messages import N_
from core.models import architecture

Values = Mapping[str, Any]


class UnknownRecipe(SettingsError):
    message = N_("There is no recipe “{name}”. Did you mean “{suggestion}”?")


@dataclass(frozen=True)
class Recipe:
    """Values of parameters that differ from their defaults: `common` ones, then those of an architecture."""

    name: str
    title: str
    summary: str
    common: Values = field(default_factory=dict)
    by_architecture: Mapping[str, Values] = field(default_factory=dict)

    def settings(self, architecture_name: str) -> RunSettings:
        """All settings; values of parameters that the architecture does not have are left out."""
        network = architecture(architecture_name).settings
        known = set(network.model_fields)
        start = validated({"recipe": self.name, "network": {"architecture": architecture_name}})
        values = {**self.common, **self.by_architecture.get(architecture_name, {})}
        known |= {name for group in start.groups().values() for name in type(group).model_fields}
        return start.with_values({name: value for name, value in values.items() if name in known})


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
# The declared defaults, measured on the validation texts of French reviews, English sentences and short commands.
_RECOMMENDED = Recipe(
    "recommended",
    N_("Recommended"),
    N_("Measured on French and English texts, short and long: learns more, in less time, and stops by itself."),
)
_FAST = Recipe(
    "fast",
    N_("Quick look"),
    N_("A small network and few epochs: an answer in seconds, a little less accurate."),
    {"sequence_length": 64, "embedding_dim": 32, "units": 32, "epochs": 6, "batch_size": 64, "patience": 2},
)

RECIPES: dict[str, Recipe] = {recipe.name: recipe for recipe in (_RECOMMENDED, _TUTORIAL, _FAST)}


def recipe(name: str, architecture_name: str) -> RunSettings:
    """The settings of a recipe for an architecture; raises UnknownRecipe or UnknownArchitecture with a guess."""
    if name not in RECIPES:
        raise UnknownRecipe(name=name, suggestion=difflib.get_close_matches(name, RECIPES, n=1, cutoff=0.0)[0])
    return RECIPES[name].settings(architecture_name)
