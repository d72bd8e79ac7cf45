"""A person at the app: presses what is written on buttons and reads what pages say, in their own language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from playwright.sync_api import Locator, Page, expect

LOCALES = Path(__file__).parents[2] / "dashboard" / "locales"
FINISH_MILLISECONDS = 180_000  # other programs may share the machine with a training
POLL_MILLISECONDS = 200
EPOCH = "After epoch {epoch}: validation accuracy {accuracy}, training accuracy {training}."
LATER = """([pattern, epoch]) => {
    const said = document.body.innerText.match(new RegExp(pattern));
    return said && Number(said[0].match(/\\d+/)[0]) > epoch;
}"""
ROW_PIXELS = 35  # of a table
_MARKS = re.compile(r"[*_`]{2}|\\")  # what Markdown takes away


@dataclass(frozen=True)
class Visitor:
    """`language` is a folder of dashboard/locales. Messages are given as in the code, in English."""

    page: Page
    language: str = "en"

    # What is written

    def word(self, message: str) -> str:
        """A message without placeholders, as this visitor reads it."""
        return _forms(self.language, message)[0]

    def sentence(self, message: str, **values: object) -> re.Pattern[str]:
        """A message, singular or plural, as a pattern; a placeholder without a value may stand for anything."""
        known = {name: re.escape(str(value)) for name, value in values.items()}
        forms = []
        for form in _forms(self.language, message):
            pieces = re.split(r"\{(\w+)\}", _MARKS.sub("", form))
            pieces[::2] = [re.escape(piece) for piece in pieces[::2]]
            pieces[1::2] = [known.get(name, ".+?") for name in pieces[1::2]]
            forms.append("".join(pieces).replace(r"\ ", r"\s"))
        return re.compile("|".join(forms))

    def sees(self, message: str, **values: object) -> Locator:
        """Wait until the page says this; returns where."""
        found = self.page.get_by_test_id("stMain").get_by_text(self.sentence(message, **values)).first
        expect(found).to_be_visible()
        return found

    def is_at(self, title: str) -> None:
        """Wait until the page of this title is there, without an error of ours."""
        expect(self.page.get_by_role("heading", name=self.word(title), level=1)).to_be_visible()
        expect(self.page.get_by_test_id("stException")).to_have_count(0)

    def figure(self, title: str) -> Locator:
        """The number under a title."""
        label = self.page.get_by_test_id("stMetricLabel").get_by_text(self.word(title), exact=True)
        return self.page.get_by_test_id("stMetric").filter(has=label).get_by_test_id("stMetricValue")

    def chart(self, key: str) -> Locator:
        return self.page.locator(f".st-key-{key} .js-plotly-plot").first

    def alert(self) -> Locator:
        return self.page.get_by_test_id("stMain").get_by_test_id("stAlert")

    @property
    def run_id(self) -> str:
        """The run in the address."""
        return self.in_address("run")[0]

    def in_address(self, name: str) -> list[str]:
        return parse_qs(urlsplit(self.page.url).query).get(name, [])

    # What is done

    def press(self, message: str) -> None:
        self.page.get_by_role("button", name=self.word(message), exact=True).click()

    def choose(self, message: str) -> None:
        self.page.get_by_role("radio", name=self.word(message), exact=True).click()

    def follow(self, message: str) -> None:
        """A link at the end of a page."""
        self.page.get_by_test_id("stMain").get_by_role("link", name=self.word(message), exact=True).click()

    def turn_to(self, tab: str) -> None:
        self.page.get_by_role("tab", name=self.word(tab), exact=True).click()

    def write(self, label: str, text: str) -> None:
        """Type into a box of several lines, and press Ctrl+Enter."""
        box = self.page.get_by_role("textbox", name=self.word(label))
        box.fill(text)
        box.press("Control+Enter")

    def set(self, name: str, label: str, value: object) -> None:
        """A number of the settings; waits until the address, and with it the draft, has it."""
        title = re.compile(rf"^{re.escape(self.word(label))}( \(|$)")  # its unit may follow
        box = self.page.get_by_role("spinbutton", name=title)
        box.fill(str(value))
        box.press("Enter")
        expect(self.page).to_have_url(re.compile(rf"set={name}(=|%3D){value}(&|$)"))

    def upload(self, name: str, content: bytes | str) -> None:
        data = content.encode() if isinstance(content, str) else content
        self.page.locator("input[type=file]").set_input_files(
            {"name": name, "mimeType": "application/octet-stream", "buffer": data}
        )

    def tick(self, key: str, *rows: int) -> None:
        """Rows of a table; its cells are drawn on a canvas, so that they can only be met by their place."""
        table = self.page.locator(f".st-key-{key} .dvn-scroller")
        expect(self.cells(key)).not_to_have_count(0)
        for row in rows:
            table.click(position={"x": 18, "y": ROW_PIXELS * (row + 1.5)})

    def cells(self, key: str) -> Locator:
        """The cells of a table as a screen reader finds them."""
        return self.page.locator(f".st-key-{key} canvas td")

    def stop(self) -> None:
        """Stop the training on the live page, and wait until it has stopped."""
        self.press("Stop")
        ended = self.page.get_by_text(self.sentence("Stopped. The best weights so far are kept."))
        expect(ended).to_be_visible(timeout=FINISH_MILLISECONDS)

    def finished(self) -> None:
        """Wait on the live page until the training and what it is compared to have ended."""
        best = self.sentence("Finished after {duration}. The best weights are kept.")
        last = self.sentence("Finished after {duration}. The weights of the last epoch are kept.")
        ended = self.page.get_by_text(best).or_(self.page.get_by_text(last))
        expect(ended).to_be_visible(timeout=FINISH_MILLISECONDS)
        expect(self.page.get_by_role("button", name=self.word("Continue"), exact=True)).to_be_visible()

    def epoch(self) -> int:
        """After which epoch the live page stands; waits for the first."""
        shown = self.page.get_by_text(self.sentence(EPOCH))
        expect(shown).to_be_visible(timeout=FINISH_MILLISECONDS)
        return int(re.findall(r"\d+", shown.inner_text())[0])  # in both languages it comes first

    def later_than(self, epoch: int) -> int:
        """Wait until the live page stands after a later epoch; returns it."""
        pattern = self.sentence(EPOCH).pattern
        # Not at every frame, as usual: the text of the whole page is looked through, beside the training.
        self.page.wait_for_function(LATER, arg=[pattern, epoch], timeout=FINISH_MILLISECONDS, polling=POLL_MILLISECONDS)
        return self.epoch()


@lru_cache(maxsize=4)
def _catalog(language: str) -> Catalog:
    with (LOCALES / language / "LC_MESSAGES" / "unrolled.po").open("rb") as file:
        return read_po(file, locale=language)


def _forms(language: str, message: str) -> tuple[str, ...]:
    found = _catalog(language).get(message)
    if found is None and " " not in message:
        return (message,)  # a name such as GRU
    assert found is not None, f"no such message: {message}"
    forms = (found.string,) if isinstance(found.string, str) else tuple(found.string)
    return forms if all(forms) else tuple([found.id] if isinstance(found.id, str) else found.id)
