"""What every trained network is, whatever its task: its numbers, its words, its settings, in a folder of its own."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import numpy as np

from core.config import RunSettings, validated
from core.models import Architecture, architecture
from core.models.base import Sizes, Weights
from core.text.encoder import TextEncoder


@dataclass(frozen=True, eq=False)
class Trained:
    """weights: as named by `Architecture.weights`. class_names: what it can answer, in the order of its outputs.
    about: what a reader of network.json may want to know besides.
    """

    settings: RunSettings
    encoder: TextEncoder
    class_names: list[str]
    weights: Weights = field(repr=False)
    about: dict[str, Any] = field(default_factory=dict)

    @property
    def architecture(self) -> Architecture:
        return architecture(self.settings.network.architecture)

    @property
    def sizes(self) -> Sizes:
        return Sizes(self.encoder.vocabulary_size, len(self.class_names))

    def save(self, folder: Path, numbers: type[np.floating[Any]] = np.float32) -> None:
        """Write weights.npz (as `numbers`), tokenizer.json, and network.json for people and programs."""
        folder.mkdir(parents=True, exist_ok=True)
        weights: dict[str, Any] = {name: values.astype(numbers) for name, values in self.weights.items()}
        np.savez_compressed(folder / "weights.npz", allow_pickle=False, **weights)
        (folder / "tokenizer.json").write_text(self.encoder.to_json(), encoding="utf-8")
        told = json.dumps(self.told(), indent=2, ensure_ascii=False) + "\n"
        (folder / "network.json").write_text(told, encoding="utf-8")

    def told(self) -> dict[str, Any]:
        """What network.json says."""
        return {
            "settings": self.settings.model_dump(mode="json"),
            "class_names": self.class_names,
            "vocabulary_size": self.encoder.vocabulary_size,
            "about": self.about,
        }

    @classmethod
    def load(cls, folder: Path) -> Self:
        """The network that `save` wrote."""
        told = json.loads((folder / "network.json").read_text(encoding="utf-8"))
        settings = validated(told["settings"])
        tokenizer = (folder / "tokenizer.json").read_text(encoding="utf-8")
        with np.load(folder / "weights.npz", allow_pickle=False) as file:
            weights = {name: file[name].astype(np.float32) for name in file.files}
        encoder = cls.encoder_of(tokenizer, settings, told)
        return cls(settings, encoder, told["class_names"], weights, told["about"])

    @classmethod
    def encoder_of(cls, tokenizer: str, settings: RunSettings, told: dict[str, Any]) -> TextEncoder:
        """The encoder from its file; told: all of network.json."""
        return TextEncoder.from_json(tokenizer, settings.preparation)


def task_in(folder: Path) -> str:
    """The task of the network that was saved in this folder; what an earlier version saved is a classifier."""
    told = json.loads((folder / "network.json").read_text(encoding="utf-8"))
    return str(told["settings"].get("task", "classification"))
