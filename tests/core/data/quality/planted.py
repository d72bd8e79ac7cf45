"""A clean set of texts, and for each finding what has to be planted into it. Sentences are our own."""

from __future__ import annotations

from dataclasses import dataclass

from core.data.dataset import Dataset
from core.data.tagging.conll import parse_conll
from core.data.tagging.dataset import tagged_dataset

# Two words each, since texts that differ in one are nearly the same.
_THINGS = (
    "onion soup", "stone bridge", "spy novel", "rose garden", "night train", "winter coat", "jazz concert", "desk lamp",
    "seaside hotel", "goat cheese",
)  # fmt: skip
_GOOD = ("was worth every minute of it", "made the whole week brighter", "pleased even my grumpy uncle")
_BAD = ("fell apart within one hour", "cost far more than promised", "left us cold and rather hungry")
CLEAN = [
    (f"The {thing} {said}", label)
    for label, sayings in (("yes", _GOOD), ("no", _BAD))
    for said in sayings
    for thing in _THINGS
]
LONG = "we walked along the river until the old mill came into sight and then sat down on the grass to eat our bread"
FRENCH = "Nous avons marché longtemps dans la forêt avant de trouver la petite maison du garde numéro"
# Ten sentences good and ten bad, as a tutorial may have them, each 32 times.
TUTORIAL = [
    (f"{who} {said}", label)
    for who, pairs in {
        "My neighbour": ("sang like a bird at noon", "shouted through the thin wall"),
        "That cake": ("melted on the tongue", "tasted of old cardboard"),
        "Our guide": ("knew a story for each stone", "forgot where the museum was"),
        "This phone": ("lasts three days on one charge", "dies before breakfast is over"),
        "The ferry": ("left on the very second", "drifted an hour in the fog"),
        "Her essay": ("opened my eyes", "sent me to sleep"),
        "His bakery": ("smells of warm butter", "sells crumbs at gold prices"),
        "Their band": ("had us dancing on chairs", "emptied the hall by nine"),
        "The tent": ("kept dry in the storm", "leaked at the first drop"),
        "Your plan": ("saved us a fortune", "wrecked the entire month"),
    }.items()
    for said, label in zip(pairs, ("good", "bad"), strict=True)
] * 32


@dataclass(frozen=True)
class Planted:
    """rows: (text, label, part, group); parts and groups only count where `part` or `group` says so."""

    rows: list[tuple[str, str]]
    count: int
    part: list[str] | None = None
    group: list[str] | None = None
    whole: bool = False  # the rows are the whole set, and not added to clean ones

    def dataset(self) -> Dataset:
        rows = self.rows if self.whole else [*CLEAN, *self.rows]
        rest = [""] * (len(rows) - len(self.rows))
        part = [*(name or "train" for name in rest), *self.part] if self.part else None
        group = [*(str(place) for place in range(len(rest))), *self.group] if self.group else None
        return Dataset.build([text for text, _ in rows], [label for _, label in rows], "t", "t", part, group=group)


@dataclass(frozen=True)
class PlantedTags(Planted):
    """One word a line and its tag, as in a file."""

    lines: str = ""

    def dataset(self) -> Dataset:
        table = parse_conll(self.lines.split("\n"), "t")
        return tagged_dataset(table, "column 1", "column 2", "t", "t").dataset


def clean() -> Dataset:
    return Planted([], 0).dataset()


def _pairs(*texts: str, label: str = "yes") -> list[tuple[str, str]]:
    return [(text, label) for text in texts]


FINDINGS = {
    "empty": Planted(_pairs("", " \u200b\n"), 2),
    "unlabelled": Planted(_pairs("Nobody judged this bench", label=""), 1),
    "constant": Planted([("same", "yes"), ("same", "no"), (" Same", "yes")], 3, whole=True),
    "duplicates": Planted(CLEAN[:3], 3),
    "cleaned_duplicates": Planted(_pairs(CLEAN[0][0].upper() + " !!", f"<b>{CLEAN[1][0]}</b>"), 2),
    "near_duplicates": Planted(_pairs(LONG, LONG.replace("bread", "cheese")), 1),
    "conflicts": Planted([(CLEAN[0][0], "no"), (CLEAN[1][0], "no")], 2),
    "leaked": Planted([*CLEAN[:2], ("A wholly new kettle", "no")], 2, part=["test"] * 3),
    "near_leaked": Planted(_pairs(LONG, LONG.replace("bread", "cheese")), 1, part=["train", "test"]),
    "group_leaked": Planted(
        _pairs("Ann wrote this about boats", "Ann wrote that about planes"), 1, part=["train", "test"], group=["a", "a"]
    ),
    "groups": Planted(_pairs("Ann wrote this about boats", "Ann wrote that about planes"), 1, group=["a", "a"]),
    "labels": Planted([(f"The {name} desk needs some paint", name) for name in ("Yes", "yés", "YES")], 3),
    "one_class": Planted([(text, "yes") for text, _ in CLEAN], 1, whole=True),
    "small_classes": Planted([("Maybe a good sofa", "maybe"), ("Perhaps a bad sofa", "perhaps")], 2),
    "imbalance": Planted([(f"A box with number {place}", "no") for place in range(130)], 2),
    "many_classes": Planted([(f"A box with number {row}", f"class {row % 60}") for row in range(360)], 60, whole=True),
    "giveaways": Planted([(f"{label}: {text} again", label) for text, label in CLEAN[::6]], 10),
    "mojibake": Planted(_pairs("Le cafÃ© Ã©tait trÃ¨s froid"), 1),
    "lost_characters": Planted(_pairs("Le caf\ufffd du coin"), 1),
    "html": Planted(_pairs("Warm<br>and dry", "Fish &amp; chips", "x &amp;lt;p&amp;gt; y"), 3),
    "languages": Planted(_pairs(*(f"{FRENCH} {place}" for place in ["un", "deux", "trois", "quatre", "cinq"])), 5),
    "single_words": Planted([(f"Ferr{place}ari", "yes") for place in range(70)], 70),
    "emails": Planted(_pairs("Write to jane.doe+shop@mail.example.org today"), 1),
    "phones": Planted(_pairs("Call 06 12 34 56 78 now", "or +44 20 7946 0958", "or 0033 1 42 68 53 00"), 3),
    "mended_tags": PlantedTags([], 1, lines="Rome I-LOC\nshone O\n\nAnn B-PER\nslept O\n"),
    "untagged_words": PlantedTags([], 2, lines="The DET\nsoup _\nboils _\n\nShe PRON\neats VERB\n"),
}
