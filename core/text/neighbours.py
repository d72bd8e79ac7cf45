"""Word vectors from the company that words keep in the training texts, before a network has learned anything.

How often two words stand near each other, beside what chance would give (positive pointwise mutual information, with
the neighbours' frequencies flattened), pressed into a few numbers a word by a singular value decomposition: Levy,
Goldberg and Dagan 2015. A network that starts from them knows which words are alike before its first step.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.text.sequences import UNKNOWN_ID, Sequences

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

WINDOW = 5  # words to each side; near ones count more
FLATTENING = 0.75
SPREAD = 0.1  # standard deviation of all numbers: that of word vectors after a training
# What counting needs grows with the texts, what it brings does not: 2 million tokens take 2 s and 200 MB.
MOST_TOKENS = 2_000_000
_LIMITING = threading.Lock()


def neighbour_vectors(texts: Sequences, vocabulary_size: int, dimension: int, seed: int) -> NDArray[np.float32]:
    """(vocabulary_size, dimension) float32 with a deviation of `SPREAD`, the same bits for the same arguments.

    Words without neighbours, and padding, are drawn at random, as are columns beyond what the texts can fill. Of very
    many texts, some that are taken evenly are counted.
    """
    from threadpoolctl import threadpool_limits

    random = np.random.default_rng(seed)
    vectors: NDArray[np.float32] = random.normal(0.0, SPREAD, (vocabulary_size, dimension)).astype(np.float32)
    information = _information(_some(texts), vocabulary_size)
    columns = min(dimension, vocabulary_size - 1)
    if not information.nnz:
        return vectors
    # One thread: with more, sums are taken in another order, and the last bits differ. The limit is the process's.
    with _LIMITING, threadpool_limits(1):
        found = _pressed(information, columns, random)
    known = np.flatnonzero(np.diff(information.indptr))
    vectors[known, :columns] = found[known] * (SPREAD / found[known].std())
    return vectors


def _some(texts: Sequences) -> Sequences:
    if len(texts.ids) <= MOST_TOKENS:
        return texts
    return texts.rows(np.arange(0, len(texts), -(-len(texts.ids) // MOST_TOKENS)))


def _pressed(matrix: csr_matrix, columns: int, random: np.random.Generator) -> NDArray[np.float32]:
    """(rows, columns) U times the root of S of the singular value decomposition USV', by random projection.

    Halko, Martinsson and Tropp 2011, with as many turns and columns too many as scikit-learn takes.
    """
    rows = matrix.shape[0]
    drawn = random.normal(size=(rows, min(rows, columns + 10))).astype(np.float32)
    basis = np.linalg.qr(matrix @ drawn)[0]
    for _ in range(4):
        basis = np.linalg.qr(matrix @ np.linalg.qr(matrix.T @ basis)[0])[0]
    left, strengths, _ = np.linalg.svd((matrix.T @ basis).T, full_matrices=False)
    found: NDArray[np.float32] = (basis @ left)[:, :columns] * np.sqrt(strengths[:columns])
    return found


def _information(texts: Sequences, vocabulary_size: int) -> csr_matrix:
    """(vocabulary_size, vocabulary_size) float32: positive pointwise mutual information of words and neighbours."""
    from scipy.sparse import csr_matrix, diags_array

    shape = (vocabulary_size, vocabulary_size)
    row_of = np.repeat(np.arange(len(texts)), texts.lengths)
    counts = csr_matrix(shape, dtype=np.float32)
    for distance in range(1, WINDOW + 1):
        near = row_of[distance:] == row_of[:-distance]
        left, right = texts.ids[:-distance][near], texts.ids[distance:][near]
        known = (left != UNKNOWN_ID) & (right != UNKNOWN_ID)
        ones = np.full(int(known.sum()), 1 / distance, np.float32)
        counts += csr_matrix((ones, (left[known], right[known])), shape=shape)
    counts = counts + counts.T
    words = np.asarray(counts.sum(axis=1)).ravel()
    neighbours = words**FLATTENING
    shares = np.divide(1, words, out=np.zeros_like(words), where=words > 0)
    chances = np.divide(neighbours.sum(), neighbours, out=np.zeros_like(words), where=words > 0)
    ratios = csr_matrix(diags_array(shares) @ counts @ diags_array(chances))
    ratios.data = np.log(np.maximum(ratios.data, 1.0))
    ratios.eliminate_zeros()
    return ratios
