"""What if the text were another: words removed, doubled, swapped, replaced; and the smallest edit that turns an answer.

Counterfactual texts as of Ross et al. (2021) and HotFlip (Ebrahimi et al. 2018), found by trying: no gradients.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from core.breaks import Between, no_stop
from core.models.base import Array
from core.text.encoder import TextEncoder

if TYPE_CHECKING:
    from core.insight.looks.base import Given, Look

Kind = Literal["remove", "swap", "double", "replace"]
# Of edits as small as each other, the first in this order is the smaller one: it says nothing new.
KINDS: tuple[Kind, ...] = ("remove", "swap", "double", "replace")
MOST_EDITS = 3
_TOKENS_A_ROUND = 150_000
_BEAM = 4


@dataclass(frozen=True)
class Edit:
    """What happens to the word at `place` (from 0, of the words that are read); a swap is with the next one.

    word: what stands there instead, of "replace".
    """

    kind: Kind
    place: int
    word: str = ""


@dataclass(frozen=True)
class Words:
    """A text in pieces: what stands before the first word, the words that are read, and what stands after each."""

    before: str
    words: tuple[str, ...]
    gaps: tuple[str, ...]
    rest: str

    @classmethod
    def of(cls, encoder: TextEncoder, text: str) -> Words:
        """Of the tokens that are read; those beyond them stay behind the last one, in `rest`."""
        tokens = [token for token in encoder.tokens(text) if token.seen]
        ends = [token.start for token in tokens[1:]] + [tokens[-1].end]
        gaps = [text[token.end : end] for token, end in zip(tokens, ends, strict=True)]
        words = tuple(text[token.start : token.end] for token in tokens)
        return cls(text[: tokens[0].start], words, tuple(gaps), text[tokens[-1].end :])

    @property
    def text(self) -> str:
        return self.before + "".join(map("".join, zip(self.words, self.gaps, strict=True))) + self.rest

    def edited(self, edit: Edit) -> Words:
        """The same after one edit. “a b c”, its second word doubled, is “a b b c”."""
        words, gaps, place = list(self.words), list(self.gaps), edit.place
        if edit.kind == "remove":
            del words[place]
            # What stood between two words goes with the one; before a full stop there was nothing.
            del gaps[place if place == 0 else place - 1 if not gaps[place] else place]
        elif edit.kind == "double":
            words.insert(place, words[place])
            gaps.insert(place, " " if "".join(self.gaps).strip() == "" and any(self.gaps) else "")
        elif edit.kind == "swap":
            words[place], words[place + 1] = words[place + 1], words[place]
        else:
            words[place] = edit.word
        return Words(self.before, tuple(words), tuple(gaps), self.rest)


@dataclass(frozen=True)
class Found:
    """edits: one after the other. text: after them. answer: a class, by its place, and its probability there.
    tried: how many texts were read to find it.
    """

    edits: tuple[Edit, ...]
    text: str
    answer: int
    probability: float
    tried: int


def moved(edits: Sequence[Edit], place: int) -> int:
    """Where a word is after these edits, none of which removed it: moved([Edit("double", 0)], 2) is 3."""
    for edit in edits:
        if edit.kind == "remove":
            place -= edit.place < place
        elif edit.kind == "double":
            place += edit.place < place
        elif edit.kind == "swap":
            place += (edit.place == place) - (edit.place + 1 == place)
    return place


def smallest(look: Look, given: Given, step: int = -1, between: Between = no_stop) -> tuple[list[Found], int]:
    """The smallest edits that turn the answer, the best of each kind where one edit is enough, and how many texts were
    read to find them; none where MOST_EDITS did not turn it.

    step: the word whose answer is meant, which is then not touched itself; -1: that of the whole text, or at its end.
    Single edits are all tried, but of replacements only those by words that speak most against the answer, at the words
    that count most. Where none turns it, those that come nearest are edited again.
    """
    start = Words.of(look.network.encoder, given.text)
    answer = int(look.answer(given, step).argmax())
    candidates = look.against(answer)
    beam: list[tuple[tuple[Edit, ...], Words]] = [((), start)]
    tried = 0
    for _round in range(MOST_EDITS):
        tries = [
            ((*edits, edit), words.edited(edit))
            for edits, words in beam
            for edit in _edits(look, given, words, answer, candidates, len(beam), _at(edits, step))
        ]
        tries = [(edits, words) for edits, words in tries if words.words]
        if not tries:
            break
        between()
        places = [_at(edits, step) for edits, _words in tries]
        answers = look.answers_to(given, [words for _edits_made, words in tries], places)
        tried += len(tries)
        turned = np.flatnonzero(answers.argmax(axis=1) != answer)
        if len(turned):
            return _best(tries, answers, turned.tolist(), tried), tried
        nearest = np.argsort(answers[:, answer], kind="stable")[:_BEAM]
        beam = [tries[place] for place in nearest]
    return [], tried


def _at(edits: Sequence[Edit], step: int) -> int:
    return step if step < 0 else moved(edits, step)


def _edits(
    look: Look, given: Given, words: Words, answer: int, candidates: Sequence[str], shares: int, asked: int
) -> Iterator[Edit]:
    """All that is tried on one text; `shares`: how many texts share what a round may read."""
    count = len(words.words)
    room = max(1, _TOKENS_A_ROUND // (count * shares))
    places = np.arange(count) if 3 * count <= room else np.linspace(0, count - 1, max(1, room // 3)).astype(np.int64)
    others = [int(place) for place in places if place != asked]
    yield from (Edit("remove", place) for place in others if count > 1)
    yield from (Edit("swap", int(place)) for place in places[:-1] if words.words[place] != words.words[place + 1])
    yield from (Edit("double", place) for place in others)
    most = max(1, room // max(1, len(candidates)))
    for place in _that_count(look, given._replace(text=words.text), answer, np.array(others, np.int64), most, asked):
        yield from (Edit("replace", int(place), word) for word in candidates if word != words.words[place])


def _that_count(
    look: Look, given: Given, answer: int, places: NDArray[np.int64], most: int, asked: int
) -> Sequence[int]:
    """Of these places, the ones whose word the answer needs most."""
    if len(places) <= most:
        return places.tolist()
    lost = look.lost(given, answer, asked)
    places = places[places < len(lost)]
    return places[np.argsort(-lost[places], kind="stable")[:most]].tolist()


def _best(
    tries: Sequence[tuple[tuple[Edit, ...], Words]], answers: Array, turned: Sequence[int], tried: int
) -> list[Found]:
    """The surest of each kind of single edit; of several edits, the surest."""
    best: dict[str, int] = {}
    for place in turned:
        edits = tries[place][0]
        kind = edits[0].kind if len(edits) == 1 else ""
        if kind not in best or answers[place].max() > answers[best[kind]].max():
            best[kind] = place
    order = sorted(best, key=lambda kind: KINDS.index(kind) if kind in KINDS else 0)
    return [
        Found(tries[place][0], tries[place][1].text, int(answers[place].argmax()), float(answers[place].max()), tried)
        for place in (best[kind] for kind in order)
    ]
