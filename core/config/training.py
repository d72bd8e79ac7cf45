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
    schedule: Literal["constant", "linear", "cosine", "plateau"] = parameter(
        "constant",
        N_("Learning rate over time"),
        N_("Large steps learn quickly, small ones settle well: the learning rate may fall while the network learns."),
        choices={
            "constant": N_("constant"),
            "linear": N_("up, then down to zero (straight)"),
            "cosine": N_("up, then down to zero (cosine)"),
            "plateau": N_("lower whenever it stands still"),
        },
    )
    warm_up: float = parameter(
        0.05,
        N_("Warm-up"),
        N_("Where it goes up first: this share of all steps leads from tiny steps up to the learning rate."),
        minimum=0.0,
        maximum=0.5,
        step=0.01,
    )
    plateau_patience: int = parameter(
        2,
        N_("Epochs before lowering"),
        N_(
            "The learning rate falls after so many epochs without a better validation loss. Less than the patience of "
            "early stopping, or the training ends first."
        ),
        unit=N_("epochs"),
        minimum=1,
        maximum=100,
    )
    plateau_factor: float = parameter(
        0.5,
        N_("Lowered to"),
        N_("What is left of the learning rate each time it is lowered."),
        minimum=0.05,
        maximum=0.95,
        step=0.05,
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
    weight_decay: float = parameter(
        0.004,
        N_("Weight decay"),
        N_(
            "AdamW pulls all weights towards zero by this share times the learning rate at each step: what is not "
            "needed is forgotten."
        ),
        minimum=0.0,
        maximum=1.0,
    )
    gradient_clip: float = parameter(
        1.0,
        N_("Gradient clipping"),
        N_("Longer gradients are shortened to this length, so that one batch cannot throw the network off. 0: never."),
        minimum=0.0,
        maximum=100.0,
    )
    imbalance: Literal["none", "weights", "resampling"] = parameter(
        "none",
        N_("Rare classes"),
        N_(
            "Where one class has few texts, its texts can count more, or be read more often and the others less. It "
            "finds more of the rare class, at the price of some accuracy. The losses shown stay those of plain "
            "counting, so that runs can be compared."
        ),
        choices={
            "none": N_("as they come"),
            "weights": N_("count more"),
            "resampling": N_("read more often"),
        },
    )
    label_smoothing: float = parameter(
        0.0,
        N_("Label smoothing"),
        N_(
            "This share of each text's label is spread over all classes, so that the network grows less sure of itself "
            "and trusts wrong labels less. The losses shown are without it, so that runs can be compared."
        ),
        minimum=0.0,
        maximum=0.5,
        step=0.01,
    )
    average_weights: bool = parameter(
        False,
        N_("Average the weights"),
        N_("Judge and keep a running mean of the weights (EMA) instead of those of the last step: it is steadier."),
    )
    average_decay: float = parameter(
        0.99,
        N_("Memory of the average"),
        N_("How much of the mean stays at each step: 0.99 looks back over about a hundred steps, 0.999 a thousand."),
        minimum=0.5,
        maximum=0.9999,
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
    order_seed: int = parameter(
        0,
        N_("Order of the texts"),
        N_(
            "Another number reads the texts in another order, from the same weights to begin with. With another seed, "
            "both are others."
        ),
        minimum=0,
        maximum=2**31 - 1,
    )

    def without_effect(self) -> set[str]:
        """Parameters that the others make idle: a page need not show them."""
        idle = set()
        if self.schedule not in ("linear", "cosine"):
            idle.add("warm_up")
        if self.schedule != "plateau":
            idle |= {"plateau_patience", "plateau_factor"}
        if self.optimizer != "adamw":
            idle.add("weight_decay")
        if not self.average_weights:
            idle.add("average_decay")
        return idle
