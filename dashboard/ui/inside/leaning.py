"""What the words of a network may lean to, by its task, and the sentences that name it."""

from __future__ import annotations

from typing import NamedTuple

from core.messages import N_


class Leaning(NamedTuple):
    """What words may lean to in a task, and the sentences that name it."""

    kind: str
    now: str
    then: str
    few: str
    colour: str


LEANINGS = {
    "classification": Leaning(
        N_("class"),
        N_("Of the nearest neighbours of a word that leans to a class, {now} lean to the same."),
        N_("Of the nearest neighbours of a word that leans to a class, {now} lean to the same; before training it was "
           "{then}."),
        N_("Too few of these words belong to one class to tell whether training has sorted them."),
        N_("A word has the colour of a class where it is at least half as frequent again as in all texts."),
    ),
    "tagging": Leaning(
        N_("tag"),
        N_("Of the nearest neighbours of a word that leans to a tag, {now} lean to the same."),
        N_("Of the nearest neighbours of a word that leans to a tag, {now} lean to the same; before training it was "
           "{then}."),
        N_("Too few of these words belong to one tag to tell whether training has sorted them."),
        N_("A word has the colour of a tag that it has at least half as often again as words in general."),
    ),
    "generation": Leaning(
        N_("label"),
        N_("Of the nearest neighbours of a word that leans to a label, {now} lean to the same."),
        N_("Of the nearest neighbours of a word that leans to a label, {now} lean to the same; before training it was "
           "{then}."),
        N_("Too few of these words belong to one label to tell whether training has sorted them."),
        N_("A word has the colour of a label where it is at least half as frequent again as in all texts."),
    ),
}  # fmt: skip
