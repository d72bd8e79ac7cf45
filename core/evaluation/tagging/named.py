"""What the scores of tags are called, and what each says in plain words."""

from __future__ import annotations

from core.messages import N_

SCORES: dict[str, tuple[str, str]] = {
    "accuracy": (N_("Accuracy"), N_("The share of words that got the right tag.")),
    "entity_f1": (
        N_("F1 of spans"),
        N_("High only where the spans that are there are found, and nothing else is taken for one. First word, last "
           "word and type must all be right."),
    ),
    "entity_precision": (N_("Precision of spans"), N_("How often a span that the network marks is really there.")),
    "entity_recall": (N_("Recall of spans"), N_("How many of the spans that are there the network finds.")),
    "macro_precision": (
        N_("Precision (macro)"),
        N_("How often an answer is right, as the mean over the tags: rare ones count as much as frequent ones."),
    ),
    "macro_recall": (N_("Recall (macro)"), N_("How many words of a tag are found, as the mean over the tags.")),
    "macro_f1": (N_("F1 (macro)"), N_("High only where precision and recall both are, as the mean over the tags.")),
    "loss": (
        N_("Log loss"),
        N_("How wrong the probabilities are: 0 is perfect, and a mistake costs the more the surer it was. Lower is "
           "better."),
    ),
}  # fmt: skip
