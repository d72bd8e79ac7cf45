"""Everything a run is told, each parameter declared once.

A run's settings are four groups: how texts become numbers (`Preparation`), which texts are kept aside (`Split`),
the network (declared by each architecture in core/models), and how it learns (`Training`).
"""

from __future__ import annotations

import difflib
import hashlib
import json
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, SerializeAsAny

from core.messages import N_
from core.models import NetworkSettings, parse_network
from core.parameters import Declared, Parameters, declared, parameter
from core.refusals import UnknownParameter, checked
from core.text.cleaning import DEFAULT_STEPS, known_steps, step_choices


class Preparation(Parameters):
    """How texts become rows of numbers."""

    cleaning: Annotated[tuple[str, ...], BeforeValidator(known_steps)] = parameter(
        DEFAULT_STEPS,
        N_("Cleaning"),
        N_("Steps applied to each text, in this order, before it is cut into words."),
        level="first",
        choices=step_choices(),
    )
    max_vocabulary: int = parameter(
        20_000,
        N_("Vocabulary size"),
        N_("The most frequent words that get a vector of their own. Rarer words all count as unknown."),
        unit=N_("words"),
        minimum=2,
        maximum=200_000,
        scale="log",
        level="first",
    )
    minimum_count: int = parameter(
        2,
        N_("Minimum count"),
        N_("A word must occur this often in the training texts to get a vector. Higher forgets rare words."),
        unit=N_("occurrences"),
        minimum=1,
        maximum=100,
    )
    sequence_length: int = parameter(
        256,
        N_("Sequence length"),
        N_("Longer texts are cut to this many tokens. More tokens take more time and lose less of long texts."),
        unit=N_("tokens"),
        minimum=1,
        maximum=5_000,
        scale="log",
        level="first",
    )
    truncation: Literal["end", "start", "middle"] = parameter(
        "end",
        N_("Cut away"),
        N_("Which part of a text that is too long is lost."),
        choices={"end": N_("the end"), "start": N_("the beginning"), "middle": N_("the middle")},
    )
    padding: Literal["right", "left"] = parameter(
        "right",
        N_("Padding side"),
        N_("Shorter texts are filled up with zeros on this side, so that texts can be trained together."),
        choices={"right": N_("after the text"), "left": N_("before the text")},
        level="first",
    )
    mask_padding: bool = parameter(
        True,
        N_("Ignore padding"),
        N_("If on, the network skips the zeros. If off, it reads them like words, as simple tutorials do."),
    )


class Split(Parameters):
    """Which texts the network learns from, is steered by, and is judged on. Duplicates are removed first."""

    validation_share: float = parameter(
        0.15,
        N_("Validation share"),
        N_("Texts that steer the training (when to stop, which weights to keep) but are not learned from."),
        minimum=0.05,
        maximum=0.4,
        step=0.05,
        level="first",
    )
    test_share: float = parameter(
        0.15,
        N_("Test share"),
        N_("Texts kept aside until the end: the score on them is the one to believe."),
        minimum=0.05,
        maximum=0.4,
        step=0.05,
        level="first",
    )
    split_seed: int = parameter(
        0,
        N_("Seed of the split"),
        N_("Another seed puts other texts into each part. The same seed always gives the same parts."),
        minimum=0,
        maximum=2**31 - 1,
    )


class Training(Parameters):
    """How the network learns."""

    epochs: int = parameter(
        40,
        N_("Epochs"),
        N_("How many times the network reads all training texts, at the most."),
        minimum=1,
        maximum=1_000,
        scale="log",
        level="first",
    )
    learning_rate: float = parameter(
        0.004,
        N_("Learning rate"),
        N_("How far each step moves the weights. Too high and the loss jumps about; too low and nothing happens."),
        minimum=1e-6,
        maximum=100.0,
        scale="log",
        level="first",
    )
    batch_size: int = parameter(
        32,
        N_("Batch size"),
        N_("Texts read before each step. Larger batches are faster per text but take fewer steps."),
        unit=N_("texts"),
        minimum=1,
        maximum=4_096,
        scale="log",
        level="first",
    )
    optimizer: Literal["adam", "adamw", "rmsprop", "sgd", "nadam"] = parameter(
        "adam",
        N_("Optimizer"),
        N_("The rule that turns gradients into steps. Adam is a good first choice."),
        choices={
            "adam": "Adam",
            "adamw": "AdamW",
            "rmsprop": "RMSprop",
            "sgd": N_("SGD with momentum"),
            "nadam": "Nadam",
        },
    )
    lazy_embedding: bool = parameter(
        True,
        N_("Move only the words read"),
        N_("Adam and AdamW: a step moves only the words of its batch, so a large vocabulary costs no time."),
    )
    gradient_clip: float = parameter(
        1.0,
        N_("Gradient clipping"),
        N_("Longer gradients are shortened to this length, so that one batch cannot throw the network off. 0: never."),
        minimum=0.0,
        maximum=100.0,
    )
    early_stopping: bool = parameter(
        True,
        N_("Early stopping"),
        N_("Stop when the validation loss no longer falls, and keep the best weights."),
    )
    patience: int = parameter(
        4,
        N_("Patience"),
        N_("How many epochs without a better validation loss are waited for before stopping."),
        unit=N_("epochs"),
        minimum=1,
        maximum=100,
    )
    batching: Literal["by_length", "shuffled"] = parameter(
        "by_length",
        N_("Batches"),
        N_("Texts of similar length together waste little time on padding. Shuffled and fixed is what tutorials do."),
        choices={"by_length": N_("of similar length"), "shuffled": N_("shuffled, all padded to the sequence length")},
    )
    seed: int = parameter(
        0,
        N_("Seed"),
        N_("Start of all random numbers of the training. The same seed and settings give the same network."),
        minimum=0,
        maximum=2**31 - 1,
    )


class RunSettings(Parameters):
    """All that defines a training, apart from the texts. JSON in and out by pydantic; `flat` for tables."""

    recipe: str = "recommended"
    task: Literal["classification"] = "classification"
    preparation: Preparation = Preparation()
    split: Split = Split()
    network: Annotated[SerializeAsAny[NetworkSettings], BeforeValidator(parse_network)] = Field(
        default={"architecture": "lstm"}  # type: ignore[assignment]
    )
    training: Training = Training()

    def groups(self) -> dict[str, Parameters]:
        return {
            "preparation": self.preparation,
            "split": self.split,
            "network": self.network,
            "training": self.training,
        }

    def flat(self) -> dict[str, Any]:
        """Every parameter by its name, without the groups: {"architecture": "lstm", "units": 64, "epochs": 12, ...}."""
        values: dict[str, Any] = {"recipe": self.recipe, "task": self.task}
        for group in self.groups().values():
            values |= group.model_dump(mode="json")
        return values

    def declared(self) -> dict[str, Declared]:
        """What is known of every parameter of these settings, by name."""
        return {item.name: item for group in self.groups().values() for item in declared(type(group))}

    def with_values(self, values: dict[str, Any]) -> RunSettings:
        """These settings with some parameters changed, by name; strings are read as the parameter's type.

        Raises UnknownParameter (with a guess), or another SettingsError that names the value.
        """
        tree = self.model_dump(mode="json")
        homes = {name: key for key, group in self.groups().items() for name in type(group).model_fields}
        for name, value in values.items():
            if name not in homes:
                near = difflib.get_close_matches(name, homes, n=1, cutoff=0.0)
                raise UnknownParameter(name=name, suggestion=near[0])
            tree[homes[name]][name] = value
        return validated(tree)

    def digest(self, *groups: str) -> str:
        """A short fingerprint of some groups (all if none are named): equal settings have equal digests."""
        tree = self.model_dump(mode="json")
        chosen = {name: tree[name] for name in (groups or tree)}
        return hashlib.sha256(json.dumps(chosen, sort_keys=True).encode()).hexdigest()[:16]


def validated(tree: dict[str, Any]) -> RunSettings:
    """RunSettings from plain values; raises a SettingsError that names the first value that is not possible."""
    return checked(RunSettings, tree)
