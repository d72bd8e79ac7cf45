"""The quality report on a page: what is wrong, what it does to a result, and buttons that repair it and undo that."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from core.data.dataset import Dataset
from core.data.quality import Applied, Finding, Report, Severity, apply, check, find_repair, languages
from core.data.quality.finding import shown_share
from core.errors import UnrolledError
from core.messages import N_
from dashboard.ui import big, copies, remedies, state
from dashboard.ui.i18n import _, ngettext, number, percent
from dashboard.ui.problems import plain

_ICONS = {
    Severity.SERIOUS: ":material/error:",
    Severity.WARNING: ":material/warning:",
    Severity.NOTE: ":material/info:",
}
_WIDE, _WIDTH_PIXELS = 25, 150  # letters of a line, and its width: two of them have room on a phone
_MOST_LINES, _LINE_PIXELS, _MARGIN_PIXELS = 4, 19, 8
_UNCOUNTED = ("unknown", "one_class")  # about all texts at once
# What repairs put into texts and labels, in the reader's language.
_WORDS = {"phones": N_("[phone]"), "emails": N_("[email]"), "small_classes:other": N_("other")}


def current(original: Dataset) -> tuple[Dataset, Report] | None:
    """The data set with the repairs that this session chose for it, and the report on that.

    None while a long job works on it; the page then shows how far it is.
    """
    names = _chosen(original)
    if original.whole is None:
        dataset = _repaired(original.fingerprint, names, original)[0]
        with st.spinner(_("Looking at your texts")):
            return dataset, _report(original.fingerprint, names, dataset)
    fingerprint = big.repaired(original.fingerprint, list(names)) if names else original.fingerprint
    if fingerprint is None:
        return None
    dataset = state.load_dataset(fingerprint) if names else original
    report = big.report(dataset)
    return (dataset, report) if report else None


def show(original: Dataset, dataset: Dataset, report: Report) -> None:
    """What was repaired, then the findings, the worst first and open."""
    _repairs(original, dataset)
    remedies.show(report.findings)
    if len(report.safe) > 1:
        _repair_safe(original, report)
    for place, finding in enumerate(report.findings):
        _finding(finding, place == 0 and finding.severity is not Severity.NOTE, original)
        if finding.code == "duplicates" and report.many_copies:
            copies.offer(dataset)
    if report.rows and not report.findings:
        st.caption(
            _("Nothing was found: no empty, repeated or contradictory texts, no broken characters, no personal data.")
        )


def about(findings: Iterable[Finding]) -> None:
    """Findings whose texts cannot be repaired, such as those about a preparation; settings may help."""
    findings = list(findings)
    remedies.show(findings)
    for finding in findings:
        _finding(finding, opened=False)


def repair_titles(names: Iterable[str]) -> list[str]:
    """What was done to texts, in the reader's language: ["Repeated texts removed"]."""
    return [_(title) for title in map(_done, names)]


@st.cache_resource(max_entries=4, show_spinner=False)
def _repaired(fingerprint: str, names: tuple[str, ...], _original: Dataset) -> tuple[Dataset, list[Applied]]:
    return apply(_original, names) if names else (_original, [])


@st.cache_data(max_entries=8, show_spinner=False)
def _report(fingerprint: str, names: tuple[str, ...], _dataset: Dataset) -> Report:
    try:
        return check(_dataset)
    finally:
        languages.forget()  # once a data set: between two of them the web process stays small


def _chosen(original: Dataset) -> tuple[str, ...]:
    kept: dict[str, tuple[str, ...]] = st.session_state.setdefault("repairs", {})
    return kept.get(original.fingerprint, ())


def _choose(fingerprint: str, names: tuple[str, ...]) -> None:
    st.session_state.setdefault("repairs", {})[fingerprint] = names


def _repairs(original: Dataset, dataset: Dataset) -> None:
    """A line for each repair, with its undoing; and what had been repaired when these texts were stored."""
    if original.repairs:
        st.caption(
            _("Repaired before these texts were stored: {repairs}. To undo that, give the texts again as they were.",
              repairs=" · ".join(repair_titles(original.repairs)))
        )  # fmt: skip
    names = _chosen(original)
    if not names:
        return
    with st.container(border=True, key="repairs"):
        if dataset.whole:
            st.markdown(_("**Repaired**: {before} → {after} texts", before=original.rows, after=dataset.rows))
            lines = [plain(title) for title in repair_titles(names)]
        else:
            st.markdown(_("**Repaired**"))
            lines = [_line(item) for item in _repaired(original.fingerprint, names, original)[1]]
        for place, line in enumerate(lines):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(line, width="stretch")
                others = names[:place] + names[place + 1 :]
                st.button(
                    _("Undo"), key=f"undo_{place}_{names[place]}", icon=":material/undo:", type="tertiary",
                    on_click=_choose, args=(original.fingerprint, others),
                )  # fmt: skip


def _line(item: Applied) -> str:
    """ "Repeated texts removed: 640 → 20 texts"."""
    title = plain(_(_done(item.name)))
    if item.rows[0] != item.rows[1]:
        return _("{repair}: {before} → {after} texts", repair=title, before=item.rows[0], after=item.rows[1])
    if item.classes[0] != item.classes[1]:
        return _("{repair}: {before} → {after} classes", repair=title, before=item.classes[0], after=item.classes[1])
    return ngettext("{repair}: {count} text changed", "{repair}: {count} texts changed", item.changed, repair=title)


def _finding(finding: Finding, opened: bool, original: Dataset | None = None) -> None:
    label = _(finding.title)
    if finding.code not in _UNCOUNTED:
        label = _("{title}: {count}", title=label, count=finding.count)
    with st.expander(label, icon=_ICONS[finding.severity], expanded=opened):
        st.write(plain(said(finding)))
        if finding.examples:
            _examples(finding)
        with st.container(horizontal=True):
            remedies.buttons(finding)
            if original is not None:
                for name in finding.repairs:
                    _button(name, original)


def _examples(finding: Finding) -> None:
    """A small table; long texts that stand side by side are wrapped, so that a phone shows both."""
    heads = [_(column) for column in finding.columns]
    shown = pd.DataFrame(finding.examples, columns=heads)
    longest = sorted(max(map(len, column)) for column in zip(*finding.examples, strict=True))
    wide = len(heads) > 1 and longest[-2] > _WIDE
    lines = min(-(-longest[-1] // _WIDE), _MOST_LINES) if wide else 1
    widths = {head: st.column_config.TextColumn(width=_WIDTH_PIXELS) for head in heads} if wide else None
    height = _MARGIN_PIXELS + _LINE_PIXELS * lines if wide else None
    st.dataframe(shown, hide_index=True, column_config=widths, row_height=height)


def said(finding: Finding) -> str:
    """What a finding does to a result, in the reader's language."""
    return ngettext(*finding.effect, finding.count, **{name: _shown(value) for name, value in finding.values.items()})


def _shown(value: object) -> object:
    if isinstance(value, float):
        return percent(*shown_share(value))
    return number(value) if isinstance(value, int) else value


def _repair_safe(original: Dataset, report: Report) -> None:
    """One button for what nobody would leave as it is; each can still be undone by itself."""
    with st.container(border=True, key="repair_safe"):
        titles = [_(finding.title) for finding in report.findings if finding.safe and finding.repairs]
        st.markdown(
            _("Some of this can be repaired at once, and nothing of worth is lost: {findings}.",
              findings=plain(" · ".join(titles)))
        )  # fmt: skip
        st.button(
            _("Repair all of these"), key="repair_all", icon=":material/build:",
            on_click=_choose, args=(original.fingerprint, (*_chosen(original), *report.safe)),
        )  # fmt: skip


def _button(name: str, original: Dataset) -> None:
    repair, word = find_repair(name)
    if repair.name in _WORDS:
        word = _(_WORDS[repair.name])
    full = f"{repair.name}={word}" if word and word != repair.word else repair.name
    st.button(
        _(repair.title), key=f"repair_{repair.name}", icon=":material/build:",
        on_click=_choose, args=(original.fingerprint, (*_chosen(original), full)),
    )  # fmt: skip


def _done(name: str) -> str:
    """What a repair did; of one that a later version has and this one has not, its name."""
    try:
        return find_repair(name)[0].done
    except UnrolledError:
        return name
