r"""Words, as French and English readers see them.

- An elided word is a token of its own: “l'arrivée” is l' + arrivée, “jusqu'au” is jusqu' + au. The elided words are
  c, d, j, l, m, n, s, t, ç, qu, jusqu, lorsqu, puisqu and quoiqu; every other apostrophe between letters belongs to its
  word (“aujourd'hui”, “quelqu'un”, “presqu'île”, “don't”, “O'Brien”, “rock'n'roll”).
- English endings that are words are tokens: “film's” is film + 's, “we'll” is we + 'll; “don't” stays whole, since
  “don” is no word.
- A hyphen after a letter joins: “peut-être”, “covid-19”, and “qu'est-ce” is qu' + est-ce; “10-15” is three tokens.
- Scripts without spaces (Chinese, Japanese, Thai, …) get one token a character, flags one token, and every other
  symbol is a token. The typographic apostrophe ’ counts like '.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tokenizers import Tokenizer
from tokenizers.normalizers import Normalizer

from core.messages import N_
from core.text.tokens.base import Cutting, Joining, frequent

# Scripts written without spaces get one token a character, with the vowel signs and tones that it carries.
_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_LETTER = rf"[\w&&[^{_UNSPACED}]]"
_APOSTROPHE = "['’ʼ]"
_ENDING = r"(?i:s|re|ve|ll|d|m)(?!\w)"
FLAG = r"[\x{1F1E6}-\x{1F1FF}]{2}"  # two letters
PATTERN = "|".join(
    [
        # The single letters are spelled out, because ignoring case is slow and this is tried at every token.
        rf"(?:[cdjlmnstçCDJLMNSTÇ]|(?i:qu|jusqu|lorsqu|puisqu|quoiqu)){_APOSTROPHE}(?={_LETTER})",
        rf"{_LETTER}++(?:(?:{_APOSTROPHE}(?!{_ENDING})|(?<=\p{{L}})[-‐‑]){_LETTER}++)*+",
        rf"(?<=\w){_APOSTROPHE}{_ENDING}",
        rf"[[{_UNSPACED}]&&[^\p{{M}}]]\p{{M}}*",
        FLAG,
        r"[^\w\s\p{Cc}\p{Cf}]",
    ]
)

_ELIDED = re.compile(r".+['’ʼ]", re.DOTALL)
_ENDS = re.compile(r"['’ʼ](?:s|re|ve|ll|d|m)", re.IGNORECASE)
_WITHOUT_SPACE = re.compile(
    "[\u0e01-\u0e3a\u0e40-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff]"
)
_CLOSING, _OPENING = frozenset(",.…)]}"), frozenset("([{")


class Words(Cutting):
    name = "words"
    pattern = PATTERN
    title = N_("words")
    summary = N_(
        "A token is a word or a sign: “l'arrivée” is l' and arrivée, “aujourd'hui” and “peut-être” are one. A word "
        "that the training texts do not have is unknown."
    )

    def fit(self, texts: Sequence[str], cleaning: Normalizer, size: int, minimum_count: int) -> Tokenizer:
        return frequent(texts, self.pattern, cleaning, size, minimum_count)

    def joined(self, tokens: Sequence[str], together: Joining | None = None) -> str:
        return (together or sentence)(tokens)


def sentence(words: Sequence[str]) -> str:
    """Words with spaces where they belong: ["l'", "été", ",", "(", "enfin", ")"] is "l'été, (enfin)".

    Cut again, it gives the same words.
    """
    text, last = "", ""
    for word in words:
        text += word if not last or touch(last, word) else f" {word}"
        last = word
    return text


def touch(left: str, right: str) -> bool:
    """Whether no space stands between two neighbouring words."""
    if right in _CLOSING or left in _OPENING:
        return True
    if _ELIDED.fullmatch(left):
        return right[:1].isalnum()
    if _ENDS.fullmatch(right):
        return left[-1:].isalnum()
    return bool(_WITHOUT_SPACE.match(left[-1:]) and _WITHOUT_SPACE.match(right[:1]))
