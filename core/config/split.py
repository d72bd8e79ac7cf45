"""Which texts are learned from, which steer, and which judge."""

from __future__ import annotations

from core.messages import N_
from core.parameters import Parameters, parameter


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
