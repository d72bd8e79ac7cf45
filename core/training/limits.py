"""What cannot fit into the machine's memory is refused before it starts, with what to lower."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from core.config import RunSettings
from core.errors import SettingsError
from core.messages import N_
from core.settings import Settings
from core.text.words import WordEncoder
from core.training.estimate import Estimate, estimate

if TYPE_CHECKING:
    from core.text.prepare import Prepared

# TensorFlow and the program itself; the rest of the machine needs some, too.
_WORKER_MEGABYTES = 900
_SHARE = 0.9
_CONTAINER_LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))
# Beyond this, a visitor is asked whether it is meant.
LONG_SECONDS = 6 * 3600.0
# What may be lowered, and never below this.
_LEAST = {
    "max_vocabulary": 1_000,
    "embedding_dim": 8,
    "ngram_places": 256,
    "units": 8,
    "filters": 8,
    "feed_forward": 8,
    "dense_units": 8,
    "batch_size": 4,
    "sequence_length": 16,
}


class DoesNotFit(SettingsError):
    message = N_(
        "This training would need about {needed} GB of memory, and there are {there} GB here. Lower “{first_setting}” "
        "or “{second_setting}”: that helps most."
    )


@dataclass(frozen=True)
class Texts:
    """rows: what is read at once: training texts, or the pieces of long ones that a network learns to write.

    mean_tokens, longest: of these, after the cut. vocabulary_size: with padding and unknown.
    letters: how many different ones a tagger tells apart.
    """

    rows: int
    mean_tokens: float
    longest: int
    vocabulary_size: int
    classes: int
    letters: int = 0

    @classmethod
    def of(cls, prepared: Prepared) -> Texts:
        """Those of the training part; of a large data set in view, its sample stands for the rest."""
        part = prepared.parts["train"]
        lengths = part.sequences.lengths
        rows = round(prepared.split.parts[0].texts * len(lengths) / len(part))
        size, classes = prepared.encoder.vocabulary_size, len(prepared.class_names)
        letters = prepared.encoder.letter_ids if isinstance(prepared.encoder, WordEncoder) else 0
        return cls(rows, float(lengths.mean()), int(lengths.max()), size, classes, letters)


def foretell_seconds(settings: RunSettings, texts: Texts) -> float:
    """The time that training on these texts would take on the machine that measured the prices."""
    return _estimated(settings, texts).seconds


def foretell(settings: RunSettings, texts: Texts, speed: float | None = None) -> Estimate:
    """What training on these texts will take; raises DoesNotFit where there is not enough memory for it.

    `speed`: of this machine, as for `estimate`.
    """
    found = _estimated(settings, texts, speed)
    there = memory_megabytes()
    if found.memory_megabytes + _WORKER_MEGABYTES <= there * _SHARE:
        return found
    first, second = _to_lower(settings, texts)
    needed = (found.memory_megabytes + _WORKER_MEGABYTES) / _SHARE
    raise DoesNotFit(
        needed=ceil(needed / 1024), there=round(there / 1024, 1), first_setting=first, second_setting=second
    )


def memory_megabytes() -> float:
    """What a training may take: UNROLLED_MEMORY, or else this machine's memory, or that of the container it runs in."""
    given = Settings.from_environment().memory_megabytes
    if given:
        return given
    limits = [psutil.virtual_memory().total]
    for file in _CONTAINER_LIMITS:
        with suppress(OSError, ValueError):  # not in such a container, or one without a limit ("max")
            limits.append(int(file.read_text(encoding="ascii")))
    return min(limits) / 2**20


def _estimated(settings: RunSettings, texts: Texts, speed: float | None = None) -> Estimate:
    counts = (texts.rows, texts.mean_tokens, texts.vocabulary_size, texts.classes)
    return estimate(settings, *counts, speed=speed, longest=texts.longest, letters=texts.letters)


def _to_lower(settings: RunSettings, texts: Texts) -> tuple[str, str]:
    """The titles of the two settings of which half would save the most memory."""
    declared, values = settings.declared(), settings.flat()
    left = {}
    for name, least in _LEAST.items():
        value = values.get(name)
        if value is not None and value // 2 >= least:
            changed, fewer = _halved(settings, texts, name, value // 2)
            left[declared[name].title] = _estimated(changed, fewer).memory_megabytes
    first, *others = sorted(left, key=left.__getitem__) or [declared["batch_size"].title]
    return first, (others or [first])[0]


def _halved(settings: RunSettings, texts: Texts, name: str, value: int) -> tuple[RunSettings, Texts]:
    """With half of a setting; the texts are then shorter, or have fewer different words."""
    if name == "max_vocabulary":
        return settings, replace(texts, vocabulary_size=texts.vocabulary_size // 2)
    if name == "sequence_length":
        mean, longest = min(texts.mean_tokens, value), min(texts.longest, value)
        return settings.with_values({name: value}), replace(texts, mean_tokens=mean, longest=longest)
    if name == "embedding_dim" and settings.preparation.vectors:
        return settings, texts  # as wide as the word vectors
    return settings.with_values({name: value}), texts
