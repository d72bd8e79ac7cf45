"""What the preparation does to texts: how many lose their end, and how many words nobody will know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.data.quality.finding import Finding, Nn_, Severity
from core.messages import N_

if TYPE_CHECKING:
    from core.text.prepare import Statistics

_CUT, _UNKNOWN, _MOSTLY_UNKNOWN = 0.05, 0.1, 0.3


def about_preparation(statistics: Statistics) -> list[Finding]:
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
            )
        )
    return sorted(found, key=lambda finding: finding.rank)
