"""Write texts with the network in this folder.

    python predict.py                                        a text
    python predict.py --count 5 --label LABEL                five texts of a kind, where it learned several kinds
    python predict.py --start "Once upon" --temperature 0.5  what comes after a beginning, with less daring

Needs: pip install tensorflow tokenizers

From Python: from predict import Network; Network().write(count=5)
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path

# Otherwise TensorFlow begins with a dozen lines about itself.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
UNKNOWN, FIRST = 1, 2  # ids: 0 is padding; what can be written begins at 2
QUOTE, CLOSING, OPENING = '"', ",.…)]}", "([{"
ELIDED = re.compile(r".+['’ʼ]", re.DOTALL)
ENDING = re.compile(r"['’ʼ](?:s|re|ve|ll|d|m)", re.IGNORECASE)
UNSPACED = re.compile(
    "[\u0e01-\u0e3a\u0e40-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff]"
)


class Network:
    """The tokenizer, the Keras model and its settings, read from a folder."""

    def __init__(self, folder: Path = Path(__file__).parent) -> None:
        import keras
        import tensorflow as tf
        from tokenizers import Tokenizer

        settings = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
        self.labels: list[str] = settings["class_names"]
        self.cut: str = settings["training"]["preparation"]["tokens"]
        self.spacing = {"seen": "", "close_before": "", "close_after": ""} | settings["about"].get("spacing", {})
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        ids = self.tokenizer.get_vocab()
        self.vocabulary = sorted(ids, key=ids.__getitem__)
        self.end = len(self.vocabulary)  # the id of the end of a text; after it, one to begin with for each label
        model = keras.models.load_model(folder / "model.keras", compile=False)
        any_shape = [tf.TensorSpec((None, None), tf.int32)]
        self._next = tf.function(
            lambda ids: model(ids, training=False)[:, -1], input_signature=any_shape, autograph=False
        )

    def following(self, rows: Sequence[Sequence[int]]) -> list[list[float]]:
        """For rows of ids, all as long, the probability of each id from 2 on; the end of the text is the last."""
        found: list[list[float]] = self._next(rows).numpy().tolist()
        return found

    def write(
        self, label: str | None = None, start: str = "", count: int = 1, temperature: float = 0.8, top_k: int = 0,
        longest: int = 200, seed: int | None = None,
    ) -> list[str]:  # fmt: skip
        """`count` texts; the same `seed` gives the same ones."""
        chance = random.Random(seed)
        first = self.end + 1 + (self.labels.index(label) if label is not None else 0)
        ids, tokens = self.beginning(start)
        texts = []
        for _ in range(count):
            row, written = [first, *ids], list(tokens)
            for _ in range(longest):
                chosen = FIRST + drawn(self.following([row])[0], temperature, top_k, chance)
                if chosen == self.end:
                    break
                row.append(chosen)
                written.append(self.vocabulary[chosen])
            texts.append(self.readable(written))
        return texts

    def beginning(self, text: str) -> tuple[list[int], list[str]]:
        """The ids of a text, and its tokens; of an unknown one as it was typed."""
        # A shell may hand on halves of characters, which no encoding can hold.
        text = text.encode("utf-8", "replace").decode("utf-8")
        if not text.strip():
            return [], []
        encoded = self.tokenizer.encode(text, add_special_tokens=False)
        pairs = list(zip(encoded.ids, encoded.offsets, strict=True))
        tokens = [self.vocabulary[i] if i != UNKNOWN else text[a:b] for i, (a, b) in pairs]
        return [i for i, _ in pairs], tokens

    def readable(self, tokens: Sequence[str]) -> str:
        """The text that tokens make, with spaces as the texts had that were learned from."""
        if self.cut == "characters":
            return "".join(tokens)
        words: list[str] = []
        for token in tokens:
            if words and self.cut in ("bpe", "wordpiece") and token.startswith("##"):
                words[-1] += token[2:]
            else:
                words.append(token)
        text, last, quoted = "", "", False
        for word in words:
            text += word if not last or self._touch(last, word, quoted) else f" {word}"
            quoted ^= word == QUOTE
            last = word
        return text

    def _touch(self, left: str, right: str, quoted: bool) -> bool:
        """Whether no space stands between two words or signs."""
        spacing = self.spacing
        if right == QUOTE or (left == QUOTE and quoted):
            return quoted
        if left == QUOTE:
            return right in spacing["close_before"]
        if right in spacing["seen"] or left in spacing["seen"]:
            return right in spacing["close_before"] or left in spacing["close_after"]
        if right in CLOSING or left in OPENING:
            return True
        if ELIDED.fullmatch(left):
            return right[:1].isalnum()
        if ENDING.fullmatch(right):
            return left[-1:].isalnum()
        return bool(UNSPACED.match(left[-1:]) and UNSPACED.match(right[:1]))


def drawn(probabilities: list[float], temperature: float, top_k: int, chance: random.Random) -> int:
    """One place, as often as its probability to the power of 1 / temperature says; 0 takes the likeliest."""
    order = sorted(range(len(probabilities)), key=lambda place: -probabilities[place])
    if temperature <= 0:
        return order[0]
    order = order[: top_k or None]
    largest = probabilities[order[0]]
    weights = [(probabilities[place] / largest) ** (1 / temperature) for place in order]
    return chance.choices(order, weights)[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--label", help="what kind of text (default: the first)")
    parser.add_argument("--start", default="", help="how the texts begin")
    parser.add_argument("--count", type=int, default=1, help="how many texts (default: 1)")
    parser.add_argument("--temperature", type=float, default=0.8, help="0: always the likeliest; 1: as believed")
    parser.add_argument("--top-k", type=int, default=0, help="among so many of the likeliest tokens (default: all)")
    parser.add_argument("--longest", type=int, default=200, help="cut off after so many tokens (default: 200)")
    parser.add_argument("--seed", type=int, help="the same seed writes the same texts")
    options = parser.parse_args()
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    network = Network()
    if options.label is not None and options.label not in network.labels:
        sys.exit(f"There is no label “{options.label}”. Choose one of: {', '.join(network.labels)}.")
    for text in network.write(**vars(options)):
        print(text)


if __name__ == "__main__":
    main()
