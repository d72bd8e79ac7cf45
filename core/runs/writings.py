"""What only a run has whose network writes: the texts that it wrote while it learned, and how it was judged."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from core.runs.artifacts import NothingStored
from core.runs.epochs import Epochs
from core.training.observer import Text

if TYPE_CHECKING:
    from core.generation.judging import WritingEvaluation

TEXTS, _FILE = "texts", "texts.json"


class Writings(Epochs):
    """Saves and loads these."""

    def add_texts(self, run_id: str, texts: Mapping[int, Sequence[Text]]) -> None:
        """Keep what was written after some epochs, by epoch; of one that is read again, the later texts."""
        kept = {**self.texts(run_id), **texts}
        with self.writing(run_id, TEXTS) as folder:
            content = {epoch: [asdict(each) for each in kept[epoch]] for epoch in sorted(kept)}
            (folder / _FILE).write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")

    def texts(self, run_id: str) -> dict[int, Sequence[Text]]:
        """What the network wrote after each epoch, the first epoch first; empty before the first one ended."""
        try:
            with self.reading(run_id, TEXTS) as folder:
                content = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        except NothingStored:
            return {}
        return {int(epoch): [Text(**each) for each in texts] for epoch, texts in content.items()}

    def load_writing(self, run_id: str) -> WritingEvaluation | None:
        """How well the network foretells, and what it copies; None before it was judged."""
        if not self._is_of_its_texts(run_id, "evaluated_on"):
            return None
        return self._writing(run_id, "evaluation")

    def load_writing_references(self, run_id: str) -> dict[str, WritingEvaluation]:
        """Those that are ready by now, by the names of core.generation.evaluate.REFERENCES; they share their texts."""
        from core.generation.evaluate import REFERENCES

        if not self._is_of_its_texts(run_id, "references_of"):
            return {}
        found: dict[str, WritingEvaluation] = {}
        for name in REFERENCES:
            beside = next(iter(found.values()), None)
            evaluation = self._writing(run_id, f"reference-{name}", validation=False, beside=beside)
            if evaluation is not None:
                found[name] = evaluation
        return found

    def _writing(self, run_id: str, name: str, **how: Any) -> WritingEvaluation | None:
        from core.generation.judging import WritingEvaluation, is_writing

        try:
            with self.reading(run_id, name) as folder:
                return WritingEvaluation.load(folder, **how) if is_writing(folder) else None
        except NothingStored:
            return None
