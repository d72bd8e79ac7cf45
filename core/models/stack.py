"""Which recurrent layers a network has: their parameters, and where each stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from core.messages import N_
from core.models.dense_head import of_layer
from core.models.read_out import CHOICES, ReadOut
from core.models.text_network import TextSettings
from core.parameters import numbers, parameter

_MOST_UNITS = 1_024
_MOST_DROPPED = 0.9


def _sizes(value: tuple[int, ...]) -> tuple[int, ...]:
    if any(not 1 <= units <= _MOST_UNITS for units in value):
        raise ValueError(N_("a layer has 1 to 1,024 units"))
    return value


def _shares(value: tuple[float, ...]) -> tuple[float, ...]:
    if any(not 0 <= share <= _MOST_DROPPED for share in value):
        raise ValueError(N_("a share is from 0 to 0.9, written with a point"))
    return value


_Shares = Annotated[tuple[float, ...], BeforeValidator(numbers), AfterValidator(_shares)]


class RecurrentSettings(TextSettings):
    """Parameters of the recurrent layers and what is around them."""

    units: int = parameter(
        64,
        N_("Units"),
        N_("Size of the state that the network carries from word to word. More can remember more, and take longer."),
        minimum=1,
        maximum=_MOST_UNITS,
        scale="log",
        level="first",
    )
    bidirectional: bool = parameter(
        False,
        N_("Read in both directions"),
        N_("A second cell reads the text from its last word to its first. More accurate, often, in twice the time."),
    )
    layers: int = parameter(
        1,
        N_("Recurrent layers"),
        N_("Each further layer reads the states of the one below. More can combine more, need more texts and longer."),
        minimum=1,
        maximum=4,
        step=1,
    )
    further_units: Annotated[tuple[int, ...], BeforeValidator(numbers), AfterValidator(_sizes)] = parameter(
        (),
        N_("Units of further layers"),
        N_("From the second layer on, such as 64, 32; the last holds for all above. Empty: as many as in the first."),
        unit=N_("separated by commas"),
    )
    residual: bool = parameter(
        False,
        N_("Residual links"),
        N_("From the second layer on, what a layer reads is added to what it gives. Helps deep networks to learn."),
    )
    layer_normalization: bool = parameter(
        False,
        N_("Layer normalisation"),
        N_("After each layer, the states of a word get mean 0 and deviation 1. Keeps deep networks stable."),
    )
    input_dropout: float = parameter(
        0.0,
        N_("Input dropout"),
        N_("Share of what enters each recurrent layer that is switched off while training, the same for all words."),
        minimum=0.0,
        maximum=_MOST_DROPPED,
        step=0.05,
    )
    further_input_dropout: _Shares = parameter(
        (),
        N_("Input dropout of further layers"),
        N_("From the second layer on, such as 0.2, 0.3; the last holds for all above. Empty: as in the first."),
        unit=N_("separated by commas"),
    )
    recurrent_dropout: float = parameter(
        0.0,
        N_("Recurrent dropout"),
        N_("Share of the state that is switched off from step to step while training (Gal and Ghahramani 2016)."),
        minimum=0.0,
        maximum=_MOST_DROPPED,
        step=0.05,
    )
    further_recurrent_dropout: _Shares = parameter(
        (),
        N_("Recurrent dropout of further layers"),
        N_("From the second layer on, such as 0.2, 0.3; the last holds for all above. Empty: as in the first."),
        unit=N_("separated by commas"),
    )
    read_out: ReadOut = parameter(
        "max",
        N_("Read-out"),
        N_(
            "Which state the answer is read from. The last one must remember everything: in our tests it kept the "
            "first of 25 words, and not of 50. The others may look back: read in both directions, each unit's maximum "
            "kept the first of 200."
        ),
        choices=CHOICES,
    )

    def without_effect(self) -> set[str]:
        further = {"further_units", "further_input_dropout", "further_recurrent_dropout"}
        return super().without_effect() | (further if self.layers == 1 else set())


@dataclass(frozen=True)
class Place:
    """One recurrent Keras layer: which layer it belongs to, from 1, its units, its name in Keras, how its states' names
    begin, its arrow in the drawing, and what is dropped of its inputs and of its state.

    prefix: "", "backward/", "layer 2/" or "layer 2/backward/": only what tells it from the others.
    """

    number: int
    units: int
    layer: str
    prefix: str
    arrow: str
    backward: bool
    input_dropout: float
    recurrent_dropout: float


def places(settings: RecurrentSettings) -> list[list[Place]]:
    """The layers from the words upwards, each with its one or two directions."""
    return [
        [_place(number, backward, settings) for backward in ((False, True) if settings.bidirectional else (False,))]
        for number in range(1, settings.layers + 1)
    ]


def units_of(settings: RecurrentSettings, number: int) -> int:
    """Units of a layer, counted from 1."""
    return of_layer(settings.units, settings.further_units, number)


def _place(number: int, backward: bool, settings: RecurrentSettings) -> Place:
    layer, units = "recurrent" if number == 1 else f"recurrent_{number}", units_of(settings, number)
    prefix = f"layer {number}/" if settings.layers > 1 else ""
    dropped = (
        of_layer(settings.input_dropout, settings.further_input_dropout, number),
        of_layer(settings.recurrent_dropout, settings.further_recurrent_dropout, number),
    )
    if not settings.bidirectional:
        return Place(number, units, layer, prefix, "", False, *dropped)
    if backward:
        return Place(number, units, f"{layer}_backward", f"{prefix}backward/", "←", True, *dropped)
    return Place(number, units, layer, f"{prefix}forward/", "→", False, *dropped)
