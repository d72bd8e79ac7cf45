"""Texts as they come: the useless are refused in one sentence, the odd ones work, and none is rendered."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from core.data.decoding import EmptyFile, NotText
from core.data.usable import OneClass, TooFewTexts, TooManyClasses
from core.errors import DataError
from tests.browser.texts import labelled, pasted
from tests.browser.visitor import Visitor

Browse = Callable[..., Page]
ODD_NAME = "**bold** <i>name</i>.csv"  # of a file: shown as it is
REFUSED: dict[str, tuple[type[DataError], bytes]] = {
    "empty": (EmptyFile, b""),
    "only spaces": (EmptyFile, b" \n\n  \n"),
    "binary": (NotText, b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 8),
    "one class": (OneClass, "\n".join(f"one class,a lovely text with number {place}" for place in range(30)).encode()),
    "one row": (OneClass, b"label,text\none row,lovely film\n"),
    "three rows": (TooFewTexts, b"label,text\ngood,lovely film\nbad,awful film\nbad,awful book\n"),
    "ten thousand classes": (
        TooManyClasses,
        "\n".join(f"{text} {place},class {place}" for place, (_, text) in enumerate(labelled() * 167)).encode(),
    ),
}


def test_what_cannot_be_used_is_refused_in_one_sentence(browse: Browse, subtests: pytest.Subtests) -> None:
    visitor = Visitor(browse("/texts"))
    visitor.choose("Upload a file")
    for kind, (error, content) in REFUSED.items():
        with subtests.test(kind):
            name = f"{kind} {ODD_NAME}"  # another one each time, so that the last file's sentence is not taken for it
            visitor.upload(name, content)
            said = visitor.sentence(error.message, filename=name, label=kind)
            expect(visitor.alert().filter(has_text=said)).to_be_visible()
            expect(visitor.alert()).to_have_count(1)
            expect(visitor.page.get_by_role("button", name="Train now, recommended settings")).to_have_count(0)
            expect(visitor.page.get_by_test_id("stException")).to_have_count(0)
            assert "Traceback" not in visitor.page.inner_text("body")


def test_a_file_over_the_limit_is_refused_in_the_visitor_s_language(browse: Browse, tmp_path: Path) -> None:
    visitor = Visitor(browse("/texts", locale="fr-FR"), "fr")
    visitor.choose("Upload a file")
    too_large = tmp_path / "énorme.csv"
    with too_large.open("wb") as file:
        file.truncate(81 * 1024 * 1024)
    visitor.page.locator("input[type=file]").first.set_input_files(too_large)
    box = visitor.page.get_by_test_id("stFileUploader").first
    expect(box.get_by_test_id("stFileChipIconError")).to_be_visible()
    said = box.evaluate("box => getComputedStyle(box, '::after').content")
    assert "n’a pas été accepté" in said
    expect(visitor.page.get_by_text("80 Mo").first).to_be_visible()  # the limit, and what to do


def test_a_line_of_a_megabyte_is_read(browse: Browse) -> None:
    visitor = Visitor(browse("/texts"))
    visitor.choose("Upload a file")
    visitor.upload("long.tsv", f"{pasted()}\nfruit\t{'apple pear ' * 95_000}")
    expect(visitor.figure("Usable texts")).to_have_text("61")
    visitor.press("Prepare step by step")
    visitor.is_at("Prepare")
    expect(visitor.figure("Texts cut")).to_have_text("1")
    expect(visitor.alert()).to_have_count(0)


ODD = {
    "spaces and emoji": (("très bon ☀️", "pas bon 🌧"), "{} un {} texte"),
    "numbers": (("1", "0"), "{} the {} text"),
    "Arabic": (("إيجابي", "سلبي"), "هذا {} كتاب جميل {}"),
    "Chinese": (("好", "不好"), "我{}很喜欢这本书{}"),
    "zero width": (("a", "b"), "zero\u200bwidth {} text\ufeff {}"),
}


def test_odd_labels_and_texts_work(browse: Browse, subtests: pytest.Subtests) -> None:
    visitor = Visitor(browse("/texts"))
    visitor.choose("Paste")
    for kind, (labels, text) in ODD.items():
        with subtests.test(kind):
            lines = [f"{labels[place % 2]}\t{text.format(place, place * place)}" for place in range(20)]
            visitor.write("One text per line, with its label before or after a tab", "\n".join(lines))
            visitor.turn_to("Classes")
            for label in labels:
                expect(visitor.chart("balance")).to_contain_text(label)
            expect(visitor.figure("Usable texts")).to_have_text("20")
            expect(visitor.figure("Classes")).to_have_text("2")
            visitor.press("Prepare step by step")
            visitor.is_at("Prepare")
            expect(visitor.figure("Training texts")).to_have_text("15")
            expect(visitor.page.locator("code", has_text=max(text.split("{}"), key=len).strip()).first).to_be_visible()
            expect(visitor.alert()).to_have_count(0)
            visitor.page.get_by_test_id("stSidebarNav").get_by_text("Texts", exact=True).click()


BOLD, LINK = "<b>bold</b>", "[*a*](http://b.c)"  # no longer than a chart shows
HOSTILE = '<img src=x onerror="window.harmed=1"> <script>window.harmed=1</script> # {} $x^2$ :material/home: :red[red]'


def test_html_and_markdown_are_shown_and_never_rendered(browse: Browse) -> None:
    visitor = Visitor(browse("/texts"))
    # Labels that no text tells apart: there will be mistakes to show.
    lines = [f"{(BOLD, LINK)[place % 2]}\t{HOSTILE.format(place)}" for place in range(30)]
    visitor.choose("Paste")
    visitor.write("One text per line, with its label before or after a tab", "\n".join([*lines, lines[0]]))
    expect(visitor.figure("Usable texts")).to_have_text("30")
    visitor.page.get_by_text(re.compile(f"^{visitor.word('Repeated texts')}")).click()
    visitor.turn_to("Classes")
    for label in (BOLD, LINK):
        expect(visitor.chart("balance")).to_contain_text(label)
    _nothing_was_rendered(visitor)

    visitor.press("Prepare step by step")
    visitor.is_at("Prepare")
    expect(visitor.page.locator("code", has_text="<img src=x onerror=").first).to_be_visible()
    _nothing_was_rendered(visitor)

    visitor.page.goto(re.sub(r"/prepare\?", "/design?architecture=gru&recipe=fast&set=epochs=1&", visitor.page.url))
    name = f"{BOLD} {LINK} $x^2$ :red[red]"
    visitor.page.get_by_role("textbox", name=visitor.word("Name of this training")).fill(name)
    visitor.press("Start the training")
    visitor.finished()
    expect(visitor.page.get_by_test_id("stMain").get_by_text(name, exact=True)).to_be_visible()
    _nothing_was_rendered(visitor)

    visitor.follow("See the scores")
    visitor.is_at("Evaluate")
    visitor.turn_to("Confusions")
    expect(visitor.chart("confusion")).to_contain_text(BOLD)
    visitor.turn_to("Mistakes")
    expect(visitor.page.locator("canvas td").filter(has_text="<img src=x").first).to_be_attached()
    _nothing_was_rendered(visitor)

    visitor.follow("Look inside")
    visitor.is_at("Look inside")
    visitor.write("Your sentence", f"{BOLD} {LINK} &lt;i&gt; {HOSTILE}")
    expect(visitor.chart("inside_one")).to_contain_text("http")
    expect(visitor.chart("inside_one")).to_contain_text(BOLD)  # a class, in the legend
    answer = visitor.sees("The network answers **{answer}** and is {probability} sure.")
    # An address is kept from becoming a link by a character of no width.
    expect(answer).to_contain_text(
        re.compile("|".join(re.escape(label).replace("//", "//\u200b?") for label in (BOLD, LINK)))
    )
    _nothing_was_rendered(visitor)

    visitor.follow("Use the network")
    visitor.is_at("Use")
    visitor.write("Your text", HOSTILE)
    expect(visitor.chart("use_probabilities")).to_contain_text(BOLD)
    _nothing_was_rendered(visitor)

    visitor.page.get_by_test_id("stSidebarNav").get_by_text("Compare", exact=True).click()
    visitor.tick("compared", 0)
    expect(visitor.page.get_by_role("strong").get_by_text(name, exact=True)).to_be_visible()
    _nothing_was_rendered(visitor)


def _nothing_was_rendered(visitor: Visitor) -> None:
    main = visitor.page.get_by_test_id("stMain")
    expect(visitor.page.get_by_test_id("stException")).to_have_count(0)
    expect(main.locator("a[href*='b.c'], img[src='x'], .katex")).to_have_count(0)
    expect(main.locator("b, i, em, script").filter(has_text=re.compile("bold|a|harmed"))).to_have_count(0)
    assert visitor.page.evaluate("window.harmed") is None
