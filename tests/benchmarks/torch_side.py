"""The same networks in PyTorch, on the same batches: run by networks.py in a process of its own.

`python torch_side.py BATCHES.npz UNITS EMBEDDING`; then each line "LSTM 1" on standard input (a cell, its directions)
is answered by the seconds of processor time and of clock that one epoch took. It needs nothing of the project.
"""

import sys
import time

import numpy as np
import torch
from torch import nn

RATE, WORDS_DROPPED, FULL_FROM = 4e-3, 0.3, 30


class Network(nn.Module):
    def __init__(self, cell, directions, vocabulary, units, embedding):
        super().__init__()
        self.words = nn.Embedding(vocabulary, embedding, sparse=True)
        self.read = getattr(nn, cell)(embedding, units, batch_first=True, bidirectional=directions == 2)
        self.answer = nn.Linear(units * directions, 1)
        self.dropout = nn.Dropout(0.4)

    def forward(self, ids):
        words = ids > 0
        rates = WORDS_DROPPED * (words.sum(1, keepdim=True) / FULL_FROM).clamp(max=1)
        ids = torch.where((torch.rand(ids.shape) < rates) & words, 1, ids)
        states, _ = self.read(self.dropout(self.words(ids)))
        return self.answer(self.dropout(states.masked_fill(~words[..., None], -1e9).amax(1)))[:, 0]


def epochs(batches, cell, directions, units, embedding):
    """A function that learns from all batches once: Adam, of which only the rows that were read move in the embedding,
    and gradients clipped at 1."""
    torch.manual_seed(0)
    vocabulary = max(int(ids.max()) for ids, _ in batches) + 1
    network = Network(cell, directions, vocabulary, units, embedding)
    others = [weight for name, weight in network.named_parameters() if name != "words.weight"]
    optimizers = [torch.optim.SparseAdam([network.words.weight], lr=RATE), torch.optim.Adam(others, lr=RATE)]
    cross_entropy = nn.BCEWithLogitsLoss()

    def epoch():
        for ids, labels in batches:
            for optimizer in optimizers:
                optimizer.zero_grad(set_to_none=True)
            outputs = network(ids)
            loss = cross_entropy(outputs, labels)
            loss.backward()
            nn.utils.clip_grad_norm_(others, 1.0)
            for optimizer in optimizers:
                optimizer.step()
            loss.item(), int(((outputs > 0) == (labels > 0.5)).sum())

    return epoch


def main():
    torch.set_num_threads(1)
    file = np.load(sys.argv[1])
    units, embedding = int(sys.argv[2]), int(sys.argv[3])
    batches = [
        (torch.from_numpy(file[f"ids{place}"]).long(), torch.from_numpy(file[f"labels{place}"]).float())
        for place in range(len(file.files) // 2)
    ]
    known = {}
    print(torch.__version__, flush=True)
    for line in sys.stdin:
        cell, directions = line.split()
        if (cell, directions) not in known:
            known[cell, directions] = epochs(batches, cell, int(directions), units, embedding)
            known[cell, directions]()  # the first one warms up
        worked, began = time.process_time(), time.perf_counter()
        known[cell, directions]()
        print(time.process_time() - worked, time.perf_counter() - began, flush=True)


if __name__ == "__main__":
    main()
