"""Characters: each letter with the accents that it carries, each sign, each space."""

from __future__ import annotations

from collections.abc import Sequence

from tokenizers import Tokenizer
from tokenizers.normalizers import Normalizer

from core.messages import N_
from core.text.tokens.base import Cutting, Joining, frequent
from core.text.tokens.words import FLAG

PATTERN = "|".join([FLAG, r"\s", r"[^\s\p{Cc}\p{Cf}\p{M}]\p{M}*", r"\p{M}+"])


class Characters(Cutting):
    name = "characters"
    pattern = PATTERN
    title = N_("characters")
    summary = N_(
        "A token is a letter, a sign or a space. Nothing is ever unknown but rare signs, spelling can be learned from, "
        "and texts become five times as long. Good for names and short texts."
    )

    def fit(self, texts: Sequence[str], cleaning: Normalizer, size: int, minimum_count: int) -> Tokenizer:
        return frequent(texts, self.pattern, cleaning, size, minimum_count)

    def joined(self, tokens: Sequence[str], together: Joining | None = None) -> str:
        return "".join(tokens)
