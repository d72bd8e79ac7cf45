"""Parameters that only tagging has."""

from __future__ import annotations

from typing import Literal

from core.config.task import TaskSettings
from core.messages import N_
from core.parameters import parameter


class TaggingSettings(TaskSettings):
    """What a tagger knows of each word."""

    reads: Literal["both", "words", "letters"] = parameter(
        "both",
        N_("Read of each word"),
        N_(
            "A word's own vector is learned for the words of the training texts only. Its letters also tell endings, "
            "capitals and signs of words never met."
        ),
        level="first",
        choices={"both": N_("the word and its letters"), "words": N_("the word"), "letters": N_("its letters")},
    )
    letter_dim: int = parameter(
        32,
        N_("Letter embedding size"),
        N_("How many numbers stand for a letter."),
        minimum=1,
        maximum=256,
        scale="log",
    )
    letter_filters: int = parameter(
        64,
        N_("Letter filters"),
        N_("How many patterns of neighbouring letters are looked for in each word, such as an ending or a capital."),
        minimum=1,
        maximum=512,
        scale="log",
    )
    letter_window: int = parameter(
        3,
        N_("Letters in a pattern"),
        N_("How many neighbouring letters such a pattern spans; the word's beginning and end count as letters."),
        minimum=1,
        maximum=7,
        step=1,
    )
