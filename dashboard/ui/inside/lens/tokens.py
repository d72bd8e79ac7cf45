"""The lens for a network that writes: what it expects after each token of a beginning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, cast

import numpy as np
import pandas as pd
import streamlit as st

from core.config.generation import GenerationSettings
from core.generation.trace import WriteTrace
from core.generation.writer import ALTERNATIVES, Writer
from core.insight.looks import Given
from core.insight.places import Places
from core.messages import N_
from core.models.base import Array
from dashboard.ui import results
from dashboard.ui.charts import Chart
from dashboard.ui.charts.units import curves_of_unit
from dashboard.ui.charts.writing import next_tokens, surprises, token_title
from dashboard.ui.i18n import _, number, percent
from dashboard.ui.inside import taking
from dashboard.ui.inside.lens.base import Lens, shares_of
from dashboard.ui.problems import plain
from dashboard.ui.reading import memory
from dashboard.ui.writing.use import label_choice

_FOLLOWED = 5  # tokens whose probability is drawn over the epochs


class TokenLens(Lens):
    without: ClassVar[Mapping[str, str]] = {
        "race": N_(
            "There is no race: a network that writes takes no side that it could turn from. “Two runs” shows two of "
            "them on the same beginning."
        ),
        "order": N_(
            "Word order is not tried by shuffling: a shuffled text is another text, and nobody knows how it should go "
            "on. What order is worth is on page Evaluate, beside “how frequent each token is”."
        ),
        "pushes": N_(
            "There is no list of words that push: each token may come next, and each of them is pushed by others. "
            "“What counted” shows it for one beginning."
        ),
    }

    def ask(self, place: int = 0) -> Given:
        writer = cast(Writer, self.look.network)
        label = label_choice(self.run, writer, f"_{place}" if place else "")
        key = f"inside_start_{self.run.dataset_fingerprint}_{place}"
        if key not in st.session_state:
            st.session_state[key] = self._own_example(place)
        text = st.text_input(
            _("Beginning of a text"), key=key, max_chars=2_000, persist_state="session",
            help=_("The network reads it and says what may come next. It may be empty."),
        )  # fmt: skip
        return Given(text or "", label)

    def known(self, given: Given) -> Given:
        return given if given.label in self.look.network.class_names else Given(given.text)

    def words(self, trace: Places) -> list[str]:
        return [_("(start)"), *(f"{token_title(token.text)}{'' if token.known else '°'}" for token in trace.tokens[1:])]

    def said(self, trace: Places) -> None:
        own = cast(WriteTrace, trace)
        unknown = [token.text for token in own.tokens if not token.known]
        if unknown:
            st.caption(_("Not known to this network, and read as unknown words: {words}.",
                         words=plain(", ".join(dict.fromkeys(unknown)))))  # fmt: skip
        likeliest = self.likeliest(own.probabilities[-1])[:3]
        listed = ", ".join(f"**{plain(token_title(token))}** ({percent(sure, 0)})" for token, sure in likeliest)
        st.markdown(_("Likeliest next: {tokens}.", tokens=listed))

    def lane(self, trace: Places, part: slice, word: int | None = None, title: str | None = None) -> Chart:
        return surprises(cast(WriteTrace, trace).given[part], self.words(trace)[part], title, word)

    def explain(self, trace: Places, place: str | None) -> None:
        st.caption(_("Top: the probability that it gave each token before it saw it; low bars were surprises."))
        memory(trace, place)

    def at_word(self, trace: Places, word: int) -> None:
        likeliest = self.likeliest(cast(WriteTrace, trace).probabilities[word])
        table = pd.DataFrame({_("token"): [token_title(token) for token, _sure in likeliest],
                              _("probability"): [sure for _token, sure in likeliest]})  # fmt: skip
        taking.show([next_tokens(likeliest)], "inside_next", table, "next")
        st.caption(_("What the network holds likely to come after “{word}”. The rest of 100% is spread over all other "
                     "tokens.", word=plain(self.words(trace)[word])))  # fmt: skip

    def usual_word(self, trace: Places) -> int | None:
        return len(trace.norms) - 1

    def likeliest(self, probabilities: np.ndarray) -> list[tuple[str, float]]:
        """The most probable tokens, with their probabilities; "" is the end of the text."""
        order = np.argsort(-probabilities, kind="stable")[:ALTERNATIVES]
        return [(self.look.answers[place], float(probabilities[place])) for place in order.tolist()]

    def name_of(self, answer: int) -> str:
        return token_title(self.look.answers[answer])

    def replay_title(self, trace: Places, step: int) -> str:
        return _("What may come after “{word}”, after each epoch", word=self.words(trace)[step])

    def replayed(self, answers: Array, epochs: Sequence[str], trace: Places, step: int) -> tuple[Chart, pd.DataFrame]:
        """The likeliest tokens after the last epoch, and the likeliest one before."""
        order = np.argsort(-answers[-1], kind="stable")[: _FOLLOWED - 1].tolist()
        earlier = np.argsort(-answers.max(axis=0), kind="stable").tolist()
        order.append(next(place for place in earlier if place not in order))
        lines = {self.name_of(place): 100 * answers[:, place] for place in order}
        title = _("{title}, in %", title=self.replay_title(trace, step))
        return curves_of_unit(lines, epochs, title), pd.DataFrame(
            shares_of(answers[:, order], [self.name_of(place) for place in order])
        )

    def possible(self, trace: Places, step: int) -> list[int]:
        order = np.argsort(-cast(WriteTrace, trace).probabilities[step], kind="stable")
        return [int(place) for place in order[: 2 * ALTERNATIVES]]

    def question(self, trace: Places, step: int) -> str:
        return _("What comes after “{word}” (step {number}). Choose another word to ask there.",
                 word=plain(self.words(trace)[step]), number=step + 1)  # fmt: skip

    def explain_counted(self) -> None:
        st.caption(_("The start stands for the label and for the beginning of a text. It cannot be left out, so it "
                     "counts nothing in that row."))  # fmt: skip
        self._without_tokens()

    def _without_tokens(self) -> None:
        of_task = cast(GenerationSettings, self.look.network.settings.of_task)
        if of_task.form == "repeat_vector":
            st.caption(_("This network reads its label at every step, and no token: tokens count only by how many "
                         "there are."))  # fmt: skip

    def compared(self, before: Places, after: Places) -> str:
        old, new = (self.look.verdicts(trace)[-1] for trace in (before, after))
        best, now = int(old.argmax()), int(new.argmax())
        if best != now:
            return _("The likeliest next token turns from **{old}** to **{new}**.",
                     old=plain(self.name_of(best)), new=plain(self.name_of(now)))  # fmt: skip
        points = number(100 * float(new[best] - old[best]), 1)
        return _("The likeliest next token stays; its probability moves by {points} points.", points=points)

    def columns(self, trace: Places) -> dict[str, object]:
        own = cast(WriteTrace, trace)
        return {
            _("probability before it came"): own.given,
            _("likeliest next"): [self.name_of(int(place)) for place in own.probabilities.argmax(axis=1)],
            _("its probability"): own.probabilities.max(axis=1),
        }

    def judged(self) -> pd.DataFrame | None:
        found = results.writing(self.run)
        return None if found is None else found.predictions

    def point_names(self) -> list[str]:
        names = self.look.sample_names
        return names if len(names) > 1 else [_("training texts")]

    def points(self, texts: int) -> str:
        if len(self.look.sample_names) > 1:
            return _("The coloured points are the ends of {texts} training texts, by their label.", texts=number(texts))
        return _("The points are the ends of {texts} training texts.", texts=number(texts))

    def token(self, word: str) -> str:
        return token_title(word) if word else _("(start)")

    def clear_role(self, told: Mapping[str, str]) -> str:
        return _("Found on half of the test texts (rank correlation {found}) and checked on the other half: {held}. "
                 "Shuffled, what it follows reaches {chance} at the most; networks with their weights shuffled reach "
                 "{twins}.", **told)  # fmt: skip

    def no_role(self, told: Mapping[str, str]) -> str:
        return _("The best try, a negation, the position, the label or a kind of token (punctuation, numbers, and of "
                 "letters spaces and vowels), reached a rank correlation of {held} on texts that were not used to find "
                 "it; shuffled, it reaches {chance} at the most, and networks with their weights shuffled {twins}. "
                 "That is not enough to name a role.", **told)  # fmt: skip

    def explain_units(self) -> None:
        self._without_tokens()

    def score_titles(self) -> tuple[str, str]:
        return _("Perplexity on test texts, then"), _("In the finished network")

    def _own_example(self, place: int) -> str:
        """The first half of a test text."""
        judged = self.judged()
        if judged is None or judged.empty:
            return ""
        text = str(judged["text"].iloc[min(place, len(judged) - 1)])
        words = text.split()
        return " ".join(words[: max(1, len(words) // 2)]) if len(words) > 1 else text[: max(1, len(text) // 2)]


LENS = TokenLens
