"""What only a network that writes is told."""

from __future__ import annotations

from typing import Literal

from core.config.task import TaskSettings
from core.messages import N_
from core.parameters import parameter


class GenerationSettings(TaskSettings):
    """How texts are written."""

    form: Literal["next_token", "repeat_vector"] = parameter(
        "next_token",
        N_("What each step reads"),
        N_(
            "The token before, as usual; or the label alone, repeated at every step as in the course, so that the "
            "network never knows which tokens it has written."
        ),
        level="first",
        choices={
            "next_token": N_("the token before it"),
            "repeat_vector": N_("the label again (RepeatVector)"),
        },
    )
    by_label: bool = parameter(
        True,
        N_("Write by label"),
        N_("If the texts have labels, the network learns to write a text for a label. If off, labels are not read."),
        level="first",
    )
    tied: bool = parameter(
        True,
        N_("One vector to read and to write"),
        N_("A token is written by the vector that it is read by, which leaves less to learn (Press and Wolf 2017)."),
    )
