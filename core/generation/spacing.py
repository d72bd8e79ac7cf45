"""Where spaces stand between tokens, learned from the training texts: French writes “quoi ?”, English “what?”.

>>> spacing = Spacing.learned(["Quoi ? Oui, toi !", "Bon."])
>>> spacing.joined(["Oui", ",", "quoi", "?"])
'Oui, quoi ?'
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any, Self

from core.text.tokens.words import touch

_ENOUGH = 20_000  # texts
# Opens and closes in turn.
_QUOTE = '"'


@dataclass(frozen=True)
class Spacing:
    """Each a string of signs: those that were seen, and those that stand close to what is before and after them."""

    seen: str = ""
    close_before: str = ""
    close_after: str = ""

    @classmethod
    def learned(cls, texts: Iterable[str]) -> Self:
        """As most of each sign's occurrences stand."""
        seen, before, after = Counter[str](), Counter[str](), Counter[str]()
        for text in islice(texts, _ENOUGH):
            for place, sign in enumerate(text):
                if sign.isalnum() or sign.isspace() or sign in "_'’ʼ":
                    continue
                seen[sign] += 1
                before[sign] += place > 0 and not text[place - 1].isspace()
                after[sign] += place + 1 < len(text) and not text[place + 1].isspace()
        close = ["".join(sorted(sign for sign in seen if 2 * side[sign] > seen[sign])) for side in (before, after)]
        return cls("".join(sorted(seen)), *close)

    def as_json(self) -> dict[str, str]:
        return asdict(self)

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Self:
        return cls(**told)

    def joined(self, tokens: Sequence[str]) -> str:
        """Words and signs as a text."""
        text, last, quoted = "", "", False
        for token in tokens:
            text += token if not last or self._touch(last, token, quoted) else f" {token}"
            quoted ^= token == _QUOTE
            last = token
        return text

    def _touch(self, left: str, right: str, quoted: bool) -> bool:
        if right == _QUOTE or (left == _QUOTE and quoted):
            return quoted
        if left == _QUOTE:
            return right in self.close_before
        if right in self.seen or left in self.seen:
            return right in self.close_before or left in self.close_after
        return touch(left, right)
