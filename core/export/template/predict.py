"""Ask the network in this folder what it thinks of your texts.

    python predict.py "a text" "another text"                a few texts
    python predict.py < texts.txt                            one text a line
    python predict.py --file texts.csv --out answers.csv     a table with a column “text” (or --column NAME)

Needs: pip install tensorflow tokenizers

From Python: from predict import Network; Network().probabilities(["a text"])
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import os
import sys
from collections.abc import Iterable, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

# Otherwise TensorFlow begins with a dozen lines about itself.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
BATCH = 256
UNSURE = "?"  # is answered where the network is less sure than the one who exported it asked for


class Network:
    """The tokenizer, the Keras model and its settings, read from a folder."""

    def __init__(self, folder: Path = Path(__file__).parent) -> None:
        import keras
        import tensorflow as tf
        from tokenizers import Tokenizer

        settings = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
        self.class_names: list[str] = settings["class_names"]
        self.encoding = settings["encoding"]
        self.answering = settings["answering"]
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        model = keras.models.load_model(folder / "model.keras", compile=False)
        any_shape = [tf.TensorSpec((None, None), tf.int32)]
        self._answer = tf.function(lambda ids: model(ids, training=False), input_signature=any_shape, autograph=False)

    def probabilities(self, texts: Sequence[str]) -> list[list[float]]:
        """A list with one row per text: the probability of each class, in the order of `class_names`.

        They are made less sure by the temperature in settings.json; 1 leaves them as they are.
        """
        # A shell may hand on halves of characters, which no encoding can hold.
        whole = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
        rows = [self.ids(encoded.ids) for encoded in self.tokenizer.encode_batch(whole)]
        answers: list[list[float]] = [[] for _ in rows]
        by_length = sorted(range(len(rows)), key=lambda place: len(rows[place]))
        for start in range(0, len(rows), BATCH):
            places = by_length[start : start + BATCH]
            found = self._answer(self.padded([rows[place] for place in places]))
            for place, answer in zip(places, found.numpy().tolist(), strict=True):
                # Two classes share one number: the probability of the second.
                answers[place] = self.tempered([1 - answer[0], answer[0]] if len(answer) == 1 else answer)
        return answers

    def tempered(self, row: list[float]) -> list[float]:
        """The same answer, less sure above a temperature of 1 and surer below."""
        temperature = self.answering["temperature"]
        if temperature == 1:
            return row
        logs = [math.log(min(max(value, 1e-7), 1.0)) / temperature for value in row]
        powers = [math.exp(value - max(logs)) for value in logs]
        return [value / sum(powers) for value in powers]

    def answer(self, row: list[float]) -> str:
        """The name of the class that a row of probabilities stands for, UNSURE where it is not sure enough."""
        line = self.answering["threshold"]
        if max(row) < self.answering["least"]:
            return UNSURE
        if line is not None and len(row) == 2:
            return self.class_names[int(row[1] >= line)]
        return self.class_names[row.index(max(row))]

    def ids(self, ids: list[int]) -> list[int]:
        """At most `sequence_length` numbers of words; a text without any is one unknown word (1)."""
        length, lost = self.encoding["sequence_length"], self.encoding["truncation"]
        if len(ids) > length:
            tail = {"end": 0, "start": length, "middle": length // 2}[lost]
            ids = ids[: length - tail] + ids[len(ids) - tail :]
        return ids or [1]

    def padded(self, rows: list[list[int]]) -> list[list[int]]:
        """Rows of equal length, filled up with 0: to the longest row, or always to the same length."""
        length = self.encoding["padded_length"] or max(map(len, rows))
        if self.encoding["padding"] == "left":
            return [[0] * (length - len(row)) + row for row in rows]
        return [row + [0] * (length - len(row)) for row in rows]


def read_table(path: str, column: str) -> tuple[list[dict[str, str]], list[str]]:
    """The rows of a CSV file as dictionaries, and the names of its columns."""
    csv.field_size_limit(2**31 - 1)
    with open(path, encoding="utf-8-sig", newline="") as file:
        first_line = file.readline()
        file.seek(0)
        separator = max(",;\t", key=first_line.count)
        reader = csv.DictReader(file, delimiter=separator)
        rows, names = list(reader), list(reader.fieldnames or [])
    if column not in names:
        sys.exit(f"{path} has no column “{column}”. Choose one with --column: {', '.join(names)}.")
    return rows, names


def write_table(
    file: TextIO, names: list[str], rows: Iterable[dict[str, str]], network: Network, answers: list[list[float]]
) -> None:
    """The rows as they were, and after them what the network answered."""
    added = ["predicted", "probability", *(f"probability:{name}" for name in network.class_names)]
    writer = csv.writer(file)
    writer.writerow([*names, *added])
    for row, answer in zip(rows, answers, strict=True):
        writer.writerow([*(row[name] for name in names), network.answer(answer), max(answer), *answer])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("text", nargs="*", help="texts to ask about; without any, one a line from standard input")
    parser.add_argument("--file", help="a CSV file with texts")
    parser.add_argument("--column", default="text", help="the column that holds the texts (default: text)")
    parser.add_argument("--out", help="where the table with answers is written (default: the screen)")
    options = parser.parse_args()
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if options.file:
        if not Path(options.file).is_file():
            sys.exit(f"There is no file {options.file}.")
        rows, names = read_table(options.file, options.column)
        network = Network()
        answers = network.probabilities([row[options.column] or "" for row in rows])
        if options.out:
            with open(options.out, "w", encoding="utf-8", newline="") as file:
                write_table(file, names, rows, network, answers)
        else:
            write_table(sys.stdout, names, rows, network, answers)
        return
    texts = options.text or [line.rstrip("\r\n") for line in sys.stdin]
    network = Network()
    for text, answer in zip(texts, network.probabilities(texts), strict=True):
        print(network.answer(answer), f"{max(answer):.4f}", text, sep="\t")


if __name__ == "__main__":
    main()
