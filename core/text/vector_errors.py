"""What can be wrong with a file of word vectors."""

from __future__ import annotations

from core.errors import DataError
from core.messages import N_


class NotVectors(DataError):
    message = N_(
        "“{name}” does not look like word vectors. What is needed is a text file with a word and its numbers on each "
        "line (.vec, GloVe), or a binary file of word2vec (.bin)."
    )


class PickledVectors(DataError):
    message = N_(
        "“{name}” is a Python pickle, as gensim saves its vectors. Opening one can run any program, so it is not "
        "opened. In gensim, save them with save_word2vec_format(…) and give that file."
    )


class WrongLine(DataError):
    message = N_("Line {line} of “{name}” should hold a word and {expected} numbers, and does not. Repair the file.")


class UnfinishedVectors(DataError):
    message = N_("“{name}” is damaged or ends too early. Download it again.")


class TooWideVectors(DataError):
    message = N_("The vectors in “{name}” have {size} numbers each. At most {most} are possible.")


class NoneOfTheWords(DataError):
    message = N_("None of your words is in “{name}”. Are the vectors those of another language?")


class NoVectorFile(DataError):
    message = N_("The word vectors in {path} cannot be read: {reason}. Check where the file is.")


class NotOneFile(DataError):
    message = N_("“{name}” holds {count} files. Pack the one with the word vectors, alone.")
