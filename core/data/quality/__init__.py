"""What is wrong with texts, said before training, and repairs of it.

A kind of check is one file: its functions yield findings (`@check`) and its repairs give back a better frame
(`@repair`). To add one, write the file and name it here.
"""

from __future__ import annotations

# Importing them adds their checks and repairs.
from core.data.quality import (  # noqa: F401
    characters,
    conflicts,
    copies,
    giveaways,
    label_names,
    languages,
    leaks,
    personal,
    rows,
    sentences,
    single_words,
    sizes,
    tags,
)
from core.data.quality.finding import Finding, Remedy, Severity
from core.data.quality.prepared import about_preparation
from core.data.quality.registry import CHECKS, REPAIRS
from core.data.quality.repairs import Applied, NoSuchRepair, apply, find_repair, repaired
from core.data.quality.report import Report, check

__all__ = [
    "CHECKS",
    "REPAIRS",
    "Applied",
    "Finding",
    "NoSuchRepair",
    "Remedy",
    "Report",
    "Severity",
    "about_preparation",
    "apply",
    "check",
    "find_repair",
    "repaired",
]
