"""The names of the three parts, and what goes wrong on the way to them."""

from __future__ import annotations

from core.errors import DataError
from core.messages import N_

PARTS = ("train", "validation", "test")


class NoSplitColumn(DataError):
    message = N_("These texts have no column “{column}” to divide them by. Choose another column, or divide at random.")


class NoSplitColumnChosen(DataError):
    message = N_(
        "No column was chosen to divide these texts by. Choose one among the columns that came with them, or divide "
        "them at random."
    )


class UnknownPart(DataError):
    message = N_(
        "“{value}” in the column “{column}” names no part of the split. Each row needs train, validation or test there."
    )


class NothingGiven(DataError):
    message = N_(
        "The column “{column}” names only one part, “{part}”, or none to learn from. It has to name train and at least "
        "one other part; or divide the texts at random."
    )


class TooFewGroups(DataError):
    message = N_(
        "The column “{column}” holds too few groups ({count}). A group cannot be divided, so at least {minimum} are "
        "needed: for train, validation and test. Choose another column, or divide the texts in another way."
    )


class UnreadableDate(DataError):
    message = N_(
        "“{value}” in the column “{column}” cannot be read as a date (texts with such values: {count}). Write dates as "
        "2026-05-31, choose another column, or divide the texts in another way."
    )


class MissingDate(DataError):
    message = N_(
        "Some texts ({count}) have no date in the column “{column}”. Fill them in, or divide the texts in another way."
    )


class OneDate(DataError):
    message = N_(
        "All texts have the same date in the column “{column}”, so none is older than another. Choose another column, "
        "or divide the texts in another way."
    )


class NoSuchFold(DataError):
    message = N_("There are only {folds} folds, so there is no fold {fold}. Choose one from 1 to {folds}.")


class TooManyFolds(DataError):
    message = N_("{count} texts cannot be divided into {folds} folds. Choose at most {most} folds.")


class OneClassToLearn(DataError):
    message = N_(
        "Divided like this, all texts to learn from belong to one class, “{label}”. Divide the texts in another way, "
        "for example at random."
    )
