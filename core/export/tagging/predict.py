"""Ask the network in this folder for the tag of each word of your sentences.

    python predict.py "a sentence" "another one"             a few sentences
    python predict.py < sentences.txt                        one sentence a line
    python predict.py --conll words.conll --out tagged.tsv   words that are apart already, one a line

Needs: pip install tensorflow tokenizers

From Python: from predict import Network; Network().tagged(["a sentence"])
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Sequence
from io import TextIOWrapper
from pathlib import Path

# Otherwise TensorFlow begins with a dozen lines about itself.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
BATCH = 64

Tagged = tuple[list[str], list[list[float]]]


class Network:
    """The tokenizer, the letters, the Keras model and its tags, read from a folder."""

    def __init__(self, folder: Path = Path(__file__).parent) -> None:
        import keras
        import tensorflow as tf
        from tokenizers import Tokenizer

        settings = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
        self.class_names: list[str] = settings["class_names"]
        spelling = settings["spelling"]
        self.letters = {letter: number for number, letter in enumerate(spelling["letters"], spelling["first"])}
        self.most, self.begin, self.end = spelling["most"], spelling["begin"], spelling["end"]
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        model = keras.models.load_model(folder / "model.keras", compile=False)
        shapes = [tf.TensorSpec((None, None), tf.int32), tf.TensorSpec((None, None, None), tf.int32)]
        self._answer = tf.function(
            lambda ids, letters: model([ids, letters], training=False), input_signature=shapes, autograph=False
        )

    def tagged(self, sentences: Sequence[str]) -> list[Tagged]:
        """For each sentence its words, and a row a word with the probability of each tag, as in `class_names`."""
        # A shell may hand on halves of characters, which no encoding can hold.
        whole = [sentence.encode("utf-8", "replace").decode("utf-8") for sentence in sentences]
        cut = self.tokenizer.pre_tokenizer.pre_tokenize_str
        words = [[word for word, _place in cut(sentence)] for sentence in whole]
        return list(zip(words, self.probabilities(words), strict=True))

    def probabilities(self, sentences: Sequence[Sequence[str]]) -> list[list[list[float]]]:
        """The same rows for sentences whose words are apart already."""
        answers: list[list[list[float]]] = [[] for _ in sentences]
        by_length = sorted(range(len(sentences)), key=lambda place: len(sentences[place]))
        some = [place for place in by_length if sentences[place]]
        for start in range(0, len(some), BATCH):
            places = some[start : start + BATCH]
            ids, letters = self.read([sentences[place] for place in places])
            found = self._answer(ids, letters).numpy().tolist()
            for place, rows in zip(places, found, strict=True):
                # Two tags share one number: the probability of the second.
                answers[place] = [
                    [1 - row[0], row[0]] if len(row) == 1 else row for row in rows[: len(sentences[place])]
                ]
        return answers

    def read(self, sentences: Sequence[Sequence[str]]) -> tuple[list[list[int]], list[list[list[int]]]]:
        """The numbers of words and of their letters, filled up with 0 to one length."""
        longest, widest = max(map(len, sentences)), self.most + 2
        ids = [[self.id(word) for word in words] + [0] * (longest - len(words)) for words in sentences]
        letters = [
            [self.spelled(word, widest) for word in words] + [[0] * widest] * (longest - len(words))
            for words in sentences
        ]
        return ids, letters

    def id(self, word: str) -> int:
        """The number of a word as it is cleaned; 1 for one that is unknown."""
        cleaned = self.tokenizer.normalizer.normalize_str(word) if self.tokenizer.normalizer else word
        number = self.tokenizer.token_to_id(cleaned)
        return number if number and number > 1 else 1

    def spelled(self, word: str, widest: int) -> list[int]:
        """The numbers of a word's letters between those of its two ends; of a long word, beginning and end."""
        if len(word) > self.most:
            word = word[: self.most - self.most // 2] + word[len(word) - self.most // 2 :]
        row = [self.begin, *(self.letters.get(letter, 1) for letter in word), self.end]
        return row + [0] * (widest - len(row))


def read_words(path: str) -> list[list[str]]:
    """The words of a file with one a line, in its first column, or the second if the first only counts."""
    sentences: list[list[str]] = [[]]
    for line in Path(path).read_text(encoding="utf-8-sig").splitlines():
        cells = line.split("\t") if "\t" in line else line.split()
        if not cells:
            sentences.append([])
        elif not line.startswith("# "):
            counted = len(cells) > 1 and cells[0].replace("-", "").replace(".", "").isdigit()
            sentences[-1].append(cells[1] if counted else cells[0])
    return [words for words in sentences if words]


def lines(class_names: list[str], answers: Iterable[Tagged]) -> str:
    """One word a line, with its tag and how sure that is; a blank line after each sentence."""
    text = ""
    for words, rows in answers:
        for word, row in zip(words, rows, strict=True):
            best = max(row)
            text += f"{word}\t{class_names[row.index(best)]}\t{best:.4f}\n"
        text += "\n"
    return text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sentence", nargs="*", help="sentences; without any, one a line from standard input")
    parser.add_argument("--conll", help="a file with one word a line and a blank line between two sentences")
    parser.add_argument("--out", help="where the tagged words are written (default: the screen)")
    options = parser.parse_args()
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if options.conll and not Path(options.conll).is_file():
        sys.exit(f"There is no file {options.conll}.")
    network = Network()
    if options.conll:
        words = read_words(options.conll)
        text = lines(network.class_names, zip(words, network.probabilities(words), strict=True))
    else:
        sentences = options.sentence or [line.rstrip("\r\n") for line in sys.stdin]
        text = lines(network.class_names, network.tagged(sentences))
    if options.out:
        Path(options.out).write_text(text, encoding="utf-8")
    else:
        print(text, end="")


if __name__ == "__main__":
    main()
