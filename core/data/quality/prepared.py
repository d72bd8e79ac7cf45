"""What the preparation does to texts: how many lose their end, and how many words nobody will know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from core.data.quality.finding import Finding, Nn_, Remedy, Severity
from core.messages import N_
from core.parameters import declared
from core.text.sequences import suggested_length

if TYPE_CHECKING:
    from core.config import Preparation
    from core.text.prepare import Statistics

_CUT, _UNKNOWN, _MOSTLY_UNKNOWN = 0.05, 0.1, 0.3
_DEARER = 4  # times the length that 19 in 20 texts need: what reading every text to its end may cost


def about_preparation(statistics: Statistics, preparation: Preparation) -> list[Finding]:
    """Findings about texts cut by the sequence length, and unknown words in validation; the worst first."""
    found = []
    if statistics.cut:
        share = statistics.cut / statistics.texts
        found.append(
            Finding(
                "cut",
                statistics.cut,
                Severity.WARNING if share > _CUT else Severity.NOTE,
                N_("Texts cut by the sequence length"),
                Nn_(
                    "{count} of {texts} texts ({share}) is longer than the sequence length. What is beyond is never "
                    "read, in training or in use; choose a longer one if the answer may stand there.",
                    "{count} of {texts} texts ({share}) are longer than the sequence length. What is beyond is never "
                    "read, in training or in use; choose a longer one if the answer may stand there.",
                ),
                {"texts": statistics.texts, "share": share},
                remedies=tuple(_against_cutting(statistics, preparation)),
            )
        )
    unknown = statistics.unknown["validation"]
    if unknown > _UNKNOWN:
        found.append(
            Finding(
                "unknown",
                1,
                Severity.SERIOUS if unknown > _MOSTLY_UNKNOWN else Severity.WARNING,
                N_("Unknown words in validation"),
                Nn_(
                    "{share} of the words in validation have no vector, since training hardly has them: the network "
                    "sees the same blank for each. A smaller minimum count, sub-words or more texts help.",
                    "{share} of the words in validation have no vector, since training hardly has them: the network "
                    "sees the same blank for each. A smaller minimum count, sub-words or more texts help.",
                ),
                {"share": unknown},
                remedies=tuple(_against_unknown_words(preparation)),
            )
        )
    return sorted(found, key=lambda finding: finding.rank)


def _against_cutting(statistics: Statistics, preparation: Preparation) -> Iterator[Remedy]:
    usual, longest = suggested_length(statistics.lengths), int(statistics.lengths.loc[1.0])
    most = next(int(item.maximum or 0) for item in declared(type(preparation)) if item.name == "sequence_length")
    if preparation.sequence_length < usual <= most:
        yield Remedy("sequence_length", usual, N_("Read 19 of 20 texts to their end"))
    if usual < longest <= min(most, _DEARER * usual):
        yield Remedy("sequence_length", longest, N_("Read all texts to their end"))
    if preparation.truncation != "middle":
        yield Remedy("truncation", "middle", N_("Cut out the middle instead"))


def _against_unknown_words(preparation: Preparation) -> Iterator[Remedy]:
    if preparation.tokens != "words":
        return
    yield Remedy("tokens", "wordpiece", N_("Cut rare words into known pieces"))
    if preparation.minimum_count > 1:
        yield Remedy("minimum_count", 1, N_("Give every word of the training texts a vector"))
