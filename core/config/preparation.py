"""How texts become rows of numbers."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator

from core.messages import N_
from core.parameters import Parameters, parameter
from core.text.cleaning import DEFAULT_STEPS, known_steps, step_choices
from core.text.tokens import cutting_choices


def _fingerprint(value: str) -> str:
    if value and not re.fullmatch(r"[0-9a-f]{16}-[1-9][0-9]{0,3}", value):
        raise ValueError(N_("it is no fingerprint of vectors. Give their file on the page Prepare, or with --vectors"))
    return value


class Preparation(Parameters):
    """How texts become rows of numbers."""

    cleaning: Annotated[tuple[str, ...], BeforeValidator(known_steps)] = parameter(
        DEFAULT_STEPS,
        N_("Cleaning"),
        N_("Steps applied to each text, in this order, before it is cut into words."),
        level="first",
        choices=step_choices(),
    )
    tokens: Literal["words", "characters", "bpe", "wordpiece"] = parameter(
        "words",
        N_("Tokens"),
        N_("The pieces that a text is cut into. Each gets a number, and the network reads one after the other."),
        level="first",
        choices=cutting_choices(),
    )
    max_vocabulary: int = parameter(
        20_000,
        N_("Vocabulary size"),
        N_("The most frequent tokens that get a vector of their own. Rarer ones all count as unknown."),
        unit=N_("tokens"),
        minimum=2,
        maximum=200_000,
        scale="log",
        level="first",
    )
    minimum_count: int = parameter(
        2,
        N_("Minimum count"),
        N_("A token must occur this often in the training texts to get a vector. Higher forgets rare words."),
        unit=N_("occurrences"),
        minimum=1,
        maximum=100,
    )
    vectors: Annotated[str, AfterValidator(_fingerprint)] = parameter(
        "",
        N_("Pre-trained word vectors"),
        N_("Which vectors words start from, by their fingerprint; empty: all start at random."),
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

    @property
    def vector_size(self) -> int | None:
        """How many numbers each of the pre-trained vectors has; None without any."""
        return int(self.vectors.rpartition("-")[2]) if self.vectors else None
