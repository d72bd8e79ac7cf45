"""How a network learns."""

from __future__ import annotations

from typing import Literal

from core.messages import N_
from core.parameters import Parameters, parameter


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
