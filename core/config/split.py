"""Which texts are learned from, which steer, and which judge."""

from __future__ import annotations

from typing import Literal

from core.messages import N_
from core.parameters import Parameters, parameter

SplitBy = Literal["random", "given", "group", "date", "folds"]


class Split(Parameters):
    """Which texts the network learns from, is steered by, and is judged on. Duplicates are removed first."""

    split_by: SplitBy = parameter(
        "random",
        N_("Divide the texts"),
        N_("How it is decided which texts the network learns from and which it is judged on."),
        choices={
            "random": N_("at random"),
            "given": N_("by a column"),
            "group": N_("by group"),
            "date": N_("by date"),
            "folds": N_("in folds"),
        },
        level="first",
    )
    validation_share: float = parameter(
        0.15,
        N_("Validation share"),
        N_("Texts that steer the training (when to stop, which weights to keep) but are not learned from."),
        minimum=0.05,
        maximum=0.4,
        step=0.05,
        level="first",
    )
    validation_learned: float = parameter(
        0.0,
        N_("Of these, learned from"),
        N_(
            "This share of the validation texts is learned from after all, and the test texts stay the same. Fewer are "
            "enough where they only draw the curve: where the training ends after a fixed number of epochs."
        ),
        minimum=0.0,
        maximum=0.9,
        step=0.05,
    )
    learned_share: float = parameter(
        1.0,
        N_("Training texts used"),
        N_(
            "This share of the training texts is learned from, evenly over the classes; the rest is left out, and the "
            "test texts stay the same. It shows what more texts would bring."
        ),
        minimum=0.01,
        maximum=1.0,
        step=0.01,
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
    split_column: str = parameter(
        "",
        N_("Column of the split"),
        N_("The column with the parts, the groups or the dates. Empty: the one that was chosen with the texts."),
    )
    folds: int = parameter(
        5,
        N_("Folds"),
        N_("The texts are divided into so many equal parts; one of them is the test part."),
        minimum=2,
        maximum=20,
    )
    fold: int = parameter(
        1,
        N_("Test fold"),
        N_("Which of the folds is the test part. Train once with each, and every text has been a test text once."),
        minimum=1,
        maximum=20,
    )
    split_seed: int = parameter(
        0,
        N_("Seed of the split"),
        N_("Another seed puts other texts into each part. The same seed always gives the same parts."),
        minimum=0,
        maximum=2**31 - 1,
    )
