"""The words from which core/data/generated.py makes its texts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class OrderPhrases:
    """An opening, then what it is and what it is not, then an ending; any choice of each makes a sentence."""

    positive: str
    negative: str
    openings: tuple[str, ...]
    good: tuple[str, ...]
    bad: tuple[str, ...]
    patterns: tuple[str, ...]
    endings: tuple[str, ...]


@dataclass(frozen=True)
class FirstWordPhrases:
    """Two answers, and clauses of a subject, a verb and an ending that go with either."""

    answers: tuple[str, str]
    subjects: tuple[str, ...]
    verbs: tuple[str, ...]
    endings: tuple[str, ...]


ORDER = {
    "fr": OrderPhrases(
        positive="positif",
        negative="négatif",
        openings=(
            "Le film était", "Ce livre est", "Le repas était", "Le service est", "L'hôtel est", "Le concert était",
            "Le spectacle est", "Le vendeur était", "Cet appareil est", "Le guide était", "Ce jeu est", "Le vin est",
            "Le scénario est", "Le dessert était", "Le quartier est", "Le serveur était", "Ce site est",
            "Le voyage était", "Le cours est", "Le professeur était", "Ce restaurant est", "Le musée est",
            "Le médecin était", "Ce téléphone est", "Le dialogue est", "L'accueil était", "Le roman est",
            "Ce logiciel est", "Le trajet était", "Le marché est",
        ),
        good=(
            "bon", "drôle", "agréable", "rapide", "passionnant", "soigné", "élégant", "sympathique", "solide", "clair",
        ),
        bad=(
            "mauvais", "ennuyeux", "pénible", "lent", "décevant", "bâclé", "laid", "désagréable", "fragile", "confus",
        ),
        patterns=("{it}, pas {other}", "{it} et vraiment pas {other}", "non pas {other} mais {it}"),
        endings=(
            ".", " du tout.", " à mon avis.", ", je trouve.", " pour moi.", ", selon nous.", " cette fois.",
            ", comme on dit.", " dans l'ensemble.", " aujourd'hui.",
        ),
    ),
    "en": OrderPhrases(
        positive="positive",
        negative="negative",
        openings=(
            "The film was", "This book is", "The meal was", "The service is", "The hotel is", "The concert was",
            "The show is", "The salesman was", "This device is", "The guide was", "This game is", "The wine is",
            "The script is", "The dessert was", "The neighbourhood is", "The waiter was", "This website is",
            "The trip was", "The course is", "The teacher was", "This restaurant is", "The museum is",
            "The doctor was", "This phone is", "The dialogue is", "The welcome was", "The novel is",
            "This program is", "The ride was", "The market is",
        ),
        good=("good", "funny", "pleasant", "quick", "exciting", "careful", "elegant", "friendly", "solid", "clear"),
        bad=("bad", "boring", "tiresome", "slow", "disappointing", "sloppy", "ugly", "rude", "flimsy", "confusing"),
        patterns=("{it}, not {other}", "{it} and really not {other}", "not {other} but {it}"),
        endings=(
            ".", " at all.", " in my opinion.", ", I think.", " to me.", ", we found.", " this time.",
            ", as they say.", " on the whole.", " today.",
        ),
    ),
}  # fmt: skip

FIRST_WORD = {
    "fr": FirstWordPhrases(
        answers=("Oui", "Non"),
        subjects=(
            "ma voisine", "le facteur", "mon frère", "la directrice", "notre équipe", "le boulanger", "ma collègue",
            "le petit chat", "la vieille horloge", "mon oncle", "le chauffeur", "la bibliothèque", "le jardinier",
            "une amie", "le dernier train", "la pluie", "mon médecin", "le marché",
        ),
        verbs=(
            "arrive", "repart", "revient", "attend", "commence", "change tout", "reste là", "fait du bruit",
            "nous surprend", "passe vite", "recommence", "plaît à tous", "manque encore", "nous suit",
        ),
        endings=(
            "ce matin", "après la fête", "sans prévenir", "devant la gare", "au bord du lac", "vers midi",
            "le dimanche", "depuis trois jours", "avec des fleurs", "pour une heure", "en plein hiver",
            "à la campagne", "malgré le vent", "comme toujours", "près du pont", "avant la nuit",
        ),
    ),
    "en": FirstWordPhrases(
        answers=("Yes", "No"),
        subjects=(
            "my neighbour", "the postman", "my brother", "the headmistress", "our team", "the baker", "my colleague",
            "the small cat", "the old clock", "my uncle", "the driver", "the library", "the gardener",
            "a friend", "the last train", "the rain", "my doctor", "the market",
        ),
        verbs=(
            "arrives", "leaves again", "comes back", "waits", "begins", "changes everything", "stays there",
            "makes a noise", "surprises us", "passes quickly", "starts over", "pleases everyone", "is still missing",
            "follows us",
        ),
        endings=(
            "this morning", "after the party", "without warning", "outside the station", "by the lake",
            "around noon", "on Sundays", "for three days now", "with flowers", "for an hour", "in midwinter",
            "in the country", "despite the wind", "as always", "near the bridge", "before nightfall",
        ),
    ),
}  # fmt: skip
