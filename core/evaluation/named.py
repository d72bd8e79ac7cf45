"""What the scores are called, and what each says in plain words."""

from __future__ import annotations

from core.messages import N_

SCORES: dict[str, tuple[str, str]] = {
    "accuracy": (N_("Accuracy"), N_("The share of texts that were answered rightly.")),
    "balanced_accuracy": (
        N_("Balanced accuracy"),
        N_("The same with every class counting alike, however few texts it has. Guessing one class gets little."),
    ),
    "macro_precision": (
        N_("Precision (macro)"),
        N_("How often an answer is right, as the mean over the classes: rare ones count as much as frequent ones."),
    ),
    "macro_recall": (
        N_("Recall (macro)"),
        N_("How many texts of a class are found, as the mean over the classes."),
    ),
    "macro_f1": (
        N_("F1 (macro)"),
        N_("High only where precision and recall both are, as the mean over the classes."),
    ),
    "weighted_precision": (
        N_("Precision (weighted)"),
        N_("How often an answer is right, each class counting by its texts."),
    ),
    "weighted_recall": (
        N_("Recall (weighted)"),
        N_("How many texts of a class are found, each class counting by its texts: always equal to the accuracy."),
    ),
    "weighted_f1": (N_("F1 (weighted)"), N_("F1 with each class counting by its texts.")),
    "top_3": (N_("Right among the first 3"), N_("The share of texts whose class is among the 3 likeliest answers.")),
    "top_5": (N_("Right among the first 5"), N_("The share of texts whose class is among the 5 likeliest answers.")),
    "macro_roc_area": (
        N_("ROC area"),
        N_("The area under the ROC curve: how often a text of a class is given more of it than a text of another "
           "class. 50% is guessing. It does not depend on where the line between yes and no is drawn."),
    ),
    "macro_pr_area": (
        N_("Precision/recall area"),
        N_("The area under the precision/recall curve: the precision over all places where the line between yes and "
           "no can be drawn. Guessing gets the share of the class."),
    ),
    "matthews": (
        N_("Matthews' coefficient"),
        N_("How much answers and classes go together: 1 is perfect, 0 is guessing, also where one class is rare."),
    ),
    "loss": (
        N_("Log loss"),
        N_("How wrong the probabilities are: 0 is perfect, and a mistake costs the more the surer it was. Lower is "
           "better."),
    ),
}  # fmt: skip
NOT_SHARES = ("matthews", "loss", "perplexity")  # all others are shares of one
