"""A trained network that writes, as plain arrays: step by step, with the cells' states carried along.

Equal to the Keras model on whole texts within 1e-5 (tested for every cell).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.data.dataset import storable
from core.errors import DataError
from core.generation.network import parts_of
from core.generation.rows import FIRST, NO_LABEL, end_of, start_of
from core.generation.sampling import Sampling, drawn, sharpened
from core.generation.spacing import Spacing
from core.generation.written import Reading, Start, Step, Written
from core.insight.trained import Trained
from core.messages import N_
from core.models.base import Array
from core.models.between import linked_states
from core.models.dense_head import activated
from core.models.stack import places
from core.text.tokens import cutting

States = dict[str, dict[str, Array]]  # of each layer, by its name and the state's: (texts, units)
ALTERNATIVES = 8
START = "start"


class NoSuchLabel(DataError):
    message = N_("This network was not trained with a label “{name}”. It knows: {names}.")


class WithoutLabels(DataError):
    message = N_("This network was trained without labels, so it cannot write by one. Leave the label out.")


class Writer(Trained):
    """class_names: the labels that a text can be asked for; one, if it learned without."""

    def start(self, text: str = "", label: str | None = None) -> Start:
        """What to begin with. Without a label the first one; raises NoSuchLabel or WithoutLabels."""
        names = list(self.class_names)
        if label is not None and names == [NO_LABEL] and label != NO_LABEL:
            raise WithoutLabels
        if label is not None and label not in names:
            raise NoSuchLabel(name=label, names=", ".join(names[:20]) + (", …" if len(names) > 20 else ""))
        place = names.index(label) if label is not None else 0
        if not text.strip():
            return Start(place, [], [], [])
        tokens = self.encoder.tokens(storable(text))
        whole = self.encoder.vocabulary
        shown = [whole[token.id] if token.known else token.text for token in tokens]
        return Start(place, [token.id for token in tokens], shown, [each.text for each in tokens if not each.known])

    def first_id(self, label: int) -> int:
        """The id that texts of a label begin after."""
        return start_of(self.sizes.vocabulary, label)

    def write(self, start: Start, sampling: Sampling, count: int = 1) -> list[Written]:
        """`count` texts, drawn together; with the same seed the same ones."""
        random = np.random.default_rng(sampling.sampling_seed)
        states: States = {}
        beginning = [self.first_id(start.label), *start.ids]
        probabilities, states = self.following(np.tile(np.array(beginning, np.int32), (count, 1)), states)
        texts: list[list[int]] = [[] for _ in range(count)]
        steps: list[list[Step]] = [[] for _ in range(count)]
        going = np.ones(count, bool)
        end = end_of(self.sizes.vocabulary)
        for _ in range(sampling.longest):
            places = drawn(sharpened(probabilities, sampling.temperature, sampling.top_k), random)
            tokens = places + FIRST
            for row in np.flatnonzero(going):
                steps[row].append(self._step(probabilities[row], int(places[row])))
                if tokens[row] != end:
                    texts[row].append(int(tokens[row]))
            going &= tokens != end
            if not going.any():
                break
            probabilities, states = self.following(tokens[:, None].astype(np.int32), states)
        return [
            Written(self.readable([*start.tokens, *map(self._token, ids)]), ids, told, not more)
            for ids, told, more in zip(texts, steps, going.tolist(), strict=True)
        ]

    def reading(self, start: Start) -> Reading:
        """What it expects and remembers along a beginning."""
        ids = np.array([[self.first_id(start.label), *start.ids]], np.int32)
        states = self.tops(ids)[0]
        probabilities = self.answers(states)
        given = [
            float(row[token - FIRST]) if token >= FIRST else np.nan
            for row, token in zip(probabilities, start.ids, strict=False)
        ]
        return Reading(
            start.tokens, states, [self._likeliest(row) for row in probabilities], np.array(given, np.float32)
        )

    def following(self, ids: NDArray[np.int32], states: States) -> tuple[Array, States]:
        """Read ids (texts, time) on from `states` ({} where texts begin); (texts, outputs) what may come next."""
        tops, after = self._read(ids, states)
        return self.answers(tops[:, -1]), after

    def probabilities(self, ids: NDArray[np.int32]) -> Array:
        """(texts, time, outputs) after each id of texts that begin with their start."""
        return self.answers(self._read(ids, {})[0])

    def tops(self, ids: NDArray[np.int32], states: States | None = None) -> Array:
        """(texts, time, features) what the last layer knows after each id of texts; states: as of `following`."""
        return self._read(ids, states or {})[0]

    def logits(self, tops: Array) -> Array:
        """(..., outputs) before the softmax, from what the last layer knows; from the id FIRST on."""
        if "projection/kernel" in self.weights:
            tops = tops @ self.weights["projection/kernel"] + self.weights["projection/bias"]
        return tops @ self.writing

    def answers(self, tops: Array) -> Array:
        """(..., outputs) probabilities from what the last layer knows."""
        return activated(self.logits(tops))

    @property
    def writing(self) -> Array:
        """(features, outputs) the vectors that tokens are written by."""
        rows = self.weights.get("embedding/reverse_embeddings", self.weights["embedding"].T)
        return rows[:, FIRST : end_of(self.sizes.vocabulary) + 1]

    def _read(self, ids: NDArray[np.int32], states: States) -> tuple[Array, States]:
        item, own, _of_task = parts_of(self.settings)
        # What a text began with is the label, which every step reads.
        start = states[START]["hidden"] if states else self.weights["embedding"][ids[:, 0]]
        values = self.vectors(ids, start)
        lengths = np.full(len(ids), ids.shape[1])
        after: States = {START: {"hidden": start}}
        for (place,) in places(own):
            before = states.get(place.layer)
            found = item.layer_states(self.weights, place, values, lengths, before)
            after[place.layer] = {name: found[name][:, -1] for name in ("hidden", "cell") if name in found}
            values = linked_states(own, [place], self.weights, [found["hidden"]], values)
        return values, after

    def vectors(self, ids: NDArray[np.int32], start: Array) -> Array:
        """(texts, time, numbers) what the lowest layer reads; start: (texts, numbers), the label's vectors."""
        values = np.repeat(start[:, None], ids.shape[1], axis=1)
        if parts_of(self.settings)[2].form == "next_token":
            tokens = self.weights["embedding"][ids]
            values = tokens + values if len(self.class_names) > 1 else tokens
        return values

    def _step(self, probabilities: Array, place: int) -> Step:
        return Step(self._token(place + FIRST), float(probabilities[place]), self._likeliest(probabilities))

    def _likeliest(self, probabilities: Array) -> list[tuple[str, float]]:
        order = np.argsort(-probabilities, kind="stable")[:ALTERNATIVES]
        return [(self._token(int(each) + FIRST), float(probabilities[each])) for each in order]

    def _token(self, token: int) -> str:
        return "" if token == end_of(self.sizes.vocabulary) else self.encoder.vocabulary[token]

    def readable(self, tokens: Sequence[str]) -> str:
        """The text that tokens make, with spaces as the training texts have them."""
        way = cutting(self.settings.preparation.tokens)
        return way.joined(tokens, Spacing.from_json(self.about.get("spacing", {})).joined)
