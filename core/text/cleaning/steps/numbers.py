"""Numbers, of which nearly every one is rare."""

from tokenizers.normalizers import Normalizer

from core.messages import N_
from core.text.cleaning.step import Step, replace


def _build(choice: str) -> Normalizer:
    return replace(r"\d+(?:[.,]\d+)*", " " if choice == "remove" else "0")


STEPS = (
    Step(
        "numbers",
        N_("Merge numbers"),
        N_("Every number becomes 0, so that the network learns that a number stands there and not which one."),
        60,
        _build,
        {"replace": N_("a 0 stands for it"), "remove": N_("it disappears")},
    ),
)
