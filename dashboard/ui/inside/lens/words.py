"""The lens for a tagger: the tag of each word, and how sure the network is of it."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import ClassVar, cast

import numpy as np
import streamlit as st

from core.evaluation.tagging.scores import sentences_of
from core.insight.looks import Given
from core.insight.places import Places
from core.messages import N_
from core.tasks.tagging.tagger import Tagger, TagTrace
from dashboard.ui.charts import Chart
from dashboard.ui.charts.tags import tag_bars, tags_at
from dashboard.ui.i18n import _, ngettext, number
from dashboard.ui.inside import taking
from dashboard.ui.inside.given import box, nothing_typed
from dashboard.ui.inside.lens.base import Lens
from dashboard.ui.problems import plain
from dashboard.ui.reading import memory
from dashboard.ui.tagged import words as tagged

_FITS = 12  # words of a sentence that fits on a screen
_MOST_TURNED = 12  # words with another tag that are named


class WordLens(Lens):
    chosen_answers = True
    without: ClassVar[Mapping[str, str]] = {
        "race": N_(
            "There is no race: a tagger does not make up its mind along the sentence, it answers at each word. “Two "
            "runs” shows two taggers on the same sentence."
        ),
        "order": N_(
            "Word order is not tried by shuffling: each tag belongs to its word, and nobody knows the right tags of a "
            "shuffled sentence. What the neighbours are worth is on page Evaluate, beside “each word's most frequent "
            "tag”."
        ),
        "pushes": N_(
            "There is no list of words that push towards a tag: mostly it is the word itself. “Word vectors” shows "
            "which words lean to which tag."
        ),
    }

    def ask(self, place: int = 0) -> Given | None:
        given = box(f"inside_words_{self.run.dataset_fingerprint}_{place}", lambda: self._own_example(place))
        if self.look.trace(Given(given)).tokens:
            return Given(given)
        nothing_typed()
        return None

    def words(self, trace: Places) -> list[str]:
        return [token.text if token.known else f"{token.text}°" for token in trace.tokens]

    def said(self, trace: Places) -> None:
        tagged.shown(cast(Tagger, self.look.network), cast(TagTrace, trace))

    def lane(self, trace: Places, part: slice, word: int | None = None, title: str | None = None) -> Chart:
        own = cast(TagTrace, trace)
        return tag_bars(own.probabilities[part], self.words(trace)[part], self.look.answers, title, word)

    def explain(self, trace: Places, place: str | None) -> None:
        st.caption(_("Top: how sure the network is of the tag of each word. It answers at every word, and not only at "
                     "the end."))  # fmt: skip
        memory(trace, place)

    def at_word(self, trace: Places, word: int) -> None:
        own = cast(TagTrace, trace)
        chart, table = tags_at(own.probabilities[word], self.look.answers, trace.tokens[word].text)
        taking.show([chart], "inside_tags", table, "tags")
        order = np.argsort(-own.probabilities[word], kind="stable")
        st.caption(_("Every tag that it held possible for “{word}”: {first} before {second}.",
                     word=plain(trace.tokens[word].text), first=plain(self.name_of(int(order[0]))),
                     second=plain(self.name_of(int(order[1])))))  # fmt: skip

    def asked(self, trace: Places, word: int | None) -> int:
        """Without a chosen word the one of whose tag it is least sure."""
        return int(cast(TagTrace, trace).probabilities.max(axis=1).argmin()) if word is None else word

    def question(self, trace: Places, step: int) -> str:
        word, tag = trace.tokens[step].text, self.name_of(self.best(trace, step))
        return _("The tag of “{word}” (word {number}): the network says **{tag}**. Choose another word to ask about "
                 "its tag.", word=plain(word), number=step + 1, tag=plain(tag))  # fmt: skip

    def explain_counted(self) -> None:
        st.caption(_("The word whose tag is asked about cannot be left out: in that row it is read as an unknown word "
                     "without letters."))  # fmt: skip

    def compared(self, before: Places, after: Places) -> str:
        old, new = ([token.text for token in trace.tokens] for trace in (before, after))
        tags = [self.look.verdicts(trace).argmax(axis=1) for trace in (before, after)]
        same = [(block.a + place, block.b + place)
                for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
                for place in range(block.size)]  # fmt: skip
        turned = [_("“{word}” ({old} → {new})", word=plain(old[a]), old=plain(self.name_of(int(tags[0][a]))),
                    new=plain(self.name_of(int(tags[1][b])))) for a, b in same if tags[0][a] != tags[1][b]]  # fmt: skip
        if not turned:
            return _("All words that stand in both keep their tags.")
        return ngettext(
            "{count} of the words that stand in both has another tag: {words}.",
            "{count} of the words that stand in both have another tag: {words}.", len(turned),
            words=", ".join(turned[:_MOST_TURNED]) + ("…" if len(turned) > _MOST_TURNED else ""),
        )  # fmt: skip

    def columns(self, trace: Places) -> dict[str, object]:
        own = cast(TagTrace, trace)
        order = np.argsort(-own.probabilities, axis=1, kind="stable")
        names = self.look.answers
        return {
            _("tag"): [names[place] for place in order[:, 0]],
            _("how sure"): own.probabilities.max(axis=1),
            _("next best"): [names[place] for place in order[:, 1]],
        }

    def texts(self, count: int) -> str:
        return _("{count} test sentences", count=number(count))

    def points(self, texts: int) -> str:
        return _("The coloured points are words of {texts} training sentences, by their tag.", texts=number(texts))

    def label_title(self) -> str:
        return _("Tags")

    def clear_role(self, told: Mapping[str, str]) -> str:
        return _("Found on half of the test sentences (rank correlation {found}) and checked on the other half: "
                 "{held}. With the tags of each sentence shuffled, the most was {chance}; networks with their weights "
                 "shuffled reach {twins}.", **told)  # fmt: skip

    def no_role(self, told: Mapping[str, str]) -> str:
        return _("The best try, a negation, the position or the word’s tag, reached a rank correlation of {held} on "
                 "sentences that were not used to find it; with the tags of each sentence shuffled, the most was "
                 "{chance}, and networks with their weights shuffled reach {twins}. That is not enough to name a role.",
                 **told)  # fmt: skip

    def score_titles(self) -> tuple[str, str]:
        return _("Right tags of test words, then"), _("In the finished network")

    def _own_example(self, place: int) -> str:
        """One of the run's test sentences that fits on a screen and still has a story."""
        judged = self.judged()
        if judged is None:
            return ""
        known = sentences_of(judged, "text")
        order = sorted(range(len(known)), key=lambda row: abs(len(known[row]) - _FITS))
        return " ".join(known[order[min(place, len(order) - 1)]])


LENS = WordLens
