"""Byte pair encoding (Sennrich et al. 2016): a word is spelled, then its letters are joined in the order learned."""

from __future__ import annotations

from tokenizers import models
from tokenizers.models import Model

from core.messages import N_
from core.text.tokens.base import UNKNOWN_TOKEN
from core.text.tokens.subwords import CONTINUED, Merges, Subwords


class Bpe(Subwords):
    name = "bpe"
    title = N_("sub-words (BPE)")
    summary = N_(
        "Frequent words are one token, rare ones several, learned from the training texts: an unknown word is read by "
        "its parts, as “in”, “##oubli”, “##able”. A piece that continues a word begins with ##."
    )

    def model(self, vocabulary: dict[str, int], merges: Merges) -> Model:
        return models.BPE(vocab=vocabulary, merges=merges, unk_token=UNKNOWN_TOKEN, continuing_subword_prefix=CONTINUED)
