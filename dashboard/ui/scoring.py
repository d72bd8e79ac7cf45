"""A network's score beside the majority class, pooling, and TF-IDF with logistic regression, and what may be said."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from core.evaluation.blend import TITLE
from core.evaluation.contrast import Contrast
from core.evaluation.evaluate import Evaluation
from core.evaluation.intervals import Intervals
from core.evaluation.named import NOT_SHARES
from core.evaluation.references import taught
from core.evaluation.said import between
from core.models import architecture
from core.runs.records import Run
from core.tasks import task_of
from dashboard.ui import charts, launch, problems, results, ways
from dashboard.ui.comparing import verdict as verdict_of
from dashboard.ui.evaluating import ranges
from dashboard.ui.i18n import _, ngettext, percent
from dashboard.ui.problems import plain


def title(run: Run) -> str:
    """The run's kind of network, as a name in sentences."""
    return _(architecture(run.settings.network.architecture).title)


def unscored(run: Run) -> None:
    """Why there are no scores, or not yet."""
    if run.status.over:
        st.write(_("This training ended before its network was scored on the test texts. Its page says why."))
        ways.link("train", _("See the training"))
        return
    st.write(_("The network is being scored on the test texts. This takes a moment."))


def beside_references(run: Run, evaluation: Evaluation) -> None:
    """The comparison to the main reference in one sentence, then all scores on the same texts, then their table."""
    references = results.references(run)
    if run.references_error is not None:
        try_again(run)
    elif not references:
        launch.compare_left_out(run)
        st.caption(_("The simpler methods to compare with are still being trained; they will be here in a moment."))
    if not references:
        return
    against_main(run, evaluation, references)
    learned = run.rows.get("train", 0)
    if run.settings.task == "classification" and taught(learned) < learned:
        st.caption(
            _("The simpler methods learned from {count} of the {all} training texts, taken evenly: all would not fit "
              "into the memory.", count=taught(learned), all=learned)
        )  # fmt: skip
    named = task_of(run.settings).scores
    ours = {title(run): ranges.of_run(run, evaluation)}
    systems = ours | {
        _(task_of(run.settings).references[name]): item for name, item in ranges.of_references(run).items()
    }
    both = ranges.of_blend(run, evaluation)
    if both is not None:
        systems[_(TITLE)] = both
    names = [name for name in named if name in ours[title(run)].overall]
    chosen = st.selectbox(
        _("Score"),
        [name for name in names if name not in NOT_SHARES],
        format_func=lambda name: _(named[name][0]),
        key=f"score_of_{run.run_id}",
        width=320,
    )
    shown, meaning = map(_, named[chosen])
    rows = [{"system": system} | vars(found.overall[chosen]) for system, found in systems.items()]
    rows[0]["look"] = run.look
    charts.show(
        charts.scores(pd.DataFrame(rows), _("{score} on the test texts", score=shown), axis=shown), key="scores"
    )
    if "sentences" in evaluation.test:
        st.caption(
            meaning + " " + _(
                "It comes from {count} words of {sentences} test sentences, the same for all; thin lines: the range in "
                "which the true value likely lies (95%).",
                count=evaluation.test["texts"], sentences=evaluation.test["sentences"],
            )
        )  # fmt: skip
    else:
        st.caption(
        meaning + " " + ngettext(
            "It comes from {count} test text, the same for all; thin lines: the range in which the true value likely "
            "lies (95%).",
            "It comes from {count} test texts, the same for all; thin lines: the range in which the true value likely "
            "lies (95%).",
            evaluation.test["texts"],
        )
    )  # fmt: skip
    with st.expander(_("All scores as a table")):
        _table({name: named[name][0] for name in names}, systems)


def _table(names: Mapping[str, str], systems: Mapping[str, Intervals]) -> None:
    """A row for each score, by its name with its title; a column for each method."""
    told = {_("Score"): [_(title) for title in names.values()]}
    for system, found in systems.items():
        told[system] = [ranges.written(name, found.overall[name]) for name in names]
    st.dataframe(pd.DataFrame(told), hide_index=True)
    st.caption(
        _("In brackets, the range in which the true value likely lies (95%), from drawing the test texts anew many "
          "times (bootstrap; for the accuracy, Wilson's interval). None is given where every draw says the same.")
    )  # fmt: skip


def try_again(run: Run) -> None:
    """Why the comparison is not there, and the way to it."""
    assert run.references_error is not None
    reason = problems.translated(run.references_error.message, run.references_error.values)
    st.warning(plain(_("The simpler methods to compare with could not be trained. {reason}", reason=reason)))
    if st.button(_("Train them again"), icon=":material/refresh:"):
        launch.compare_again(run.run_id)
        st.rerun()


def against_main(run: Run, evaluation: Evaluation, references: dict[str, Evaluation]) -> None:
    """Did it beat averaging, or what its task has instead? One plain sentence that claims no more than the numbers;
    and one more where the task has a reference that is hard to beat."""
    item = task_of(run.settings)
    for name in (item.main_reference, item.hard_reference):
        if name not in references or run.settings.network.architecture == name:
            continue
        names = title(run), _(item.references[name])
        scored = evaluation.seconds, references[name].seconds  # others after another evaluation
        found = _between(run.run_id, run.test_looks, names, scored, evaluation, references[name])
        if found is not None:
            told = verdict_of.said(found)
            st.markdown(f"**{told}**" if name == item.main_reference else told)


# Every click comes by here, and there may be a hundred thousand texts.
@st.cache_data(max_entries=24, show_spinner=False)
def _between(
    run_id: str,
    test_looks: int,
    names: tuple[str, str],
    seconds: tuple[float, float],
    _ours: Evaluation,
    _theirs: Evaluation,
) -> Contrast | None:
    return between(names[0], _ours.predictions, names[1], _theirs.predictions)


def verdict(run: Run, named: bool = False) -> None:
    """What the finished run reached, and whether it beat averaging, in two sentences."""
    evaluation = results.evaluation(run) if run.has_network else None
    if evaluation is None:
        return
    if named:
        st.markdown(f"**{plain(run.name)}**")
    test = evaluation.test
    if "sentences" in test:
        st.write(_("On {words} words of sentences that it had never seen, its tag is right {accuracy} of the time.",
                   words=test["texts"], accuracy=percent(test["accuracy"])))  # fmt: skip
    else:
        st.write(_("On {texts} texts that it had never seen, it is right {accuracy} of the time.",
                   texts=test["texts"], accuracy=percent(test["accuracy"])))  # fmt: skip
    against_main(run, evaluation, results.references(run))
