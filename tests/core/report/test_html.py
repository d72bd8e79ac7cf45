"""Texts stay texts, whatever characters they have."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from core.report.card import plain
from core.report.html import Html, joined, page, table, tag


class Reader(HTMLParser):
    """Collects tags and text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((name, dict(attributes)))

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), max_size=40)


@given(TEXTS, TEXTS)
def test_no_text_becomes_a_tag_or_leaves_its_attribute(text: str, value: str) -> None:
    found = read(tag("p", text, title=value))
    assert [name for name, _ in found.tags] == ["p"]
    assert found.text == text
    assert found.tags[0][1] == {"title": value}


@given(st.lists(TEXTS, min_size=2, max_size=2))
def test_a_table_holds_its_cells(cells: list[str]) -> None:
    found = read(table(["a", "b"], [cells]))
    assert found.text == "ab" + "".join(cells)
    assert [name for name, _ in found.tags].count("td") == 2


def test_what_is_html_already_is_not_escaped_twice() -> None:
    assert joined([tag("b", "<"), "<"]) == "<b>&lt;</b>&lt;"
    assert isinstance(joined([]), Html)


def test_a_page_may_load_and_run_nothing() -> None:
    found = read(page("<script>alert(1)</script>", 'en"', tag("p", "x")))
    names = [name for name, _ in found.tags]
    assert "script" not in names
    policy = next(item["content"] for name, item in found.tags if name == "meta" and "http-equiv" in item)
    assert policy is not None
    assert "default-src 'none'" in policy


@given(TEXTS)
def test_a_text_in_the_card_is_one_line_without_markup(text: str) -> None:
    written = plain(text)
    assert "\n" not in written
    unescaped = written.replace("\\\\", "")
    for sign in "`*_<>|[]#":
        assert unescaped.count(sign) == unescaped.count("\\" + sign)
