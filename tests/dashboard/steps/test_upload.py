"""Uploading: what was found out about a file is shown and can be changed; what cannot be read is said."""

from __future__ import annotations

import pytest
from streamlit.runtime.uploaded_file_manager import UploadedFile

from core.runs.longjobs import LongJob
from dashboard.ui import arrival, big, origin, problems, state
from dashboard.ui.arrival import TooLargeTogether
from tests.core.data.formats.files import cells, xlsx
from tests.dashboard.steps.conftest import Open, Shelf, said
from tests.dashboard.ui.test_big import Engine

AVIS = ("avis;note;auteur;jeu\n" + "".join(
    f"L’été numéro {place};{'oui' if place % 2 else 'non'};auteur {place % 3};{'train' if place % 5 else 'test'}\n"
    for place in range(40)
)).encode("cp1252")  # fmt: skip


@pytest.fixture(autouse=True)
def at_upload(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Opens the page Texts with these files given."""
    monkeypatch.setattr(big, "same_machine", lambda: False)

    def start(*files: tuple[str, bytes], language: str = "en"):
        test = open_page("texts", language)
        test.segmented_control(key="text_source").set_value("upload").run()
        if len(files) > 1:
            test.toggle(key="upload_several").set_value(True).run()
        given = [(name, content, "application/octet-stream") for name, content in files]
        test.file_uploader[0].set_value(given if len(files) > 1 else given[0]).run()
        assert not test.exception
        return test

    return start


def choices(test) -> dict[str, object]:
    return {widget.label: widget.value for widget in test.selectbox}


def test_a_french_file_opens_right_and_all_is_shown(at_upload: Open) -> None:
    test = at_upload(("avis.csv", AVIS))
    assert "40 rows, read as cp1252, columns separated by semicolons." in said(test)
    shown = choices(test)
    assert (shown["Column of the texts"], shown["Column of the labels"]) == ("avis", "note")
    assert shown["Column that tells training and test texts apart"] == "jeu"
    assert shown["Column whose texts belong together"] == "auteur"
    assert "The column “jeu” tells which texts are for training" in said(test)


def test_how_it_is_read_can_be_changed_and_changed_back(at_upload: Open) -> None:
    test = at_upload(("avis.csv", AVIS))
    encoding = next(widget for widget in test.selectbox if widget.label == "Encoding")
    encoding.set_value("mac_roman").run()
    assert "read as mac_roman" in said(test)
    between = next(widget for widget in test.selectbox if widget.label == "Between columns")
    between.set_value("").run()
    assert "has one column only" in said(test)
    next(widget for widget in test.selectbox if widget.label == "Between columns").set_value(None).run()
    assert "40 rows, read as mac_roman, columns separated by semicolons." in said(test)


def test_texts_without_labels_are_offered_to_be_labelled_and_nothing_is_wrong(at_upload: Open) -> None:
    test = at_upload(("lines.txt", b"A warm and quiet room\nNobody came to help\nThe view made my day\n"))
    assert [each.label for each in test.button if each.key == "label_here"] == ["Label these texts here"]
    assert not test.error
    assert "has one column only" in said(test)
    assert not [each for each in test.button if "Train now" in each.label]


def test_columns_without_a_name_are_named_in_the_readers_language(
    at_upload: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.ui.origin._", lambda text, **values: f"<{text.format(**values)}>")
    test = at_upload(("names.conll", b"0 Ann B-PER\n1 sings O\n\n0 Bo B-PER\n1 ran O\n"))
    tags = next(widget for widget in test.selectbox if widget.label == "Column of the tags")
    assert tags.options == ["<column 1>", "<column 2>", "<column 3>"]
    assert origin.source("edited: upload: a.csv") == "<edited here; <file: a.csv>>"
    assert origin.source("elsewhere") == "elsewhere"


def test_several_files_become_one(at_upload: Open) -> None:
    test = at_upload(("train.csv", AVIS), ("test.csv", AVIS))
    assert "80 rows" in said(test)
    assert choices(test)["Column that tells training and test texts apart"] == "part"


def test_a_sheet_can_be_chosen(at_upload: Open) -> None:
    rows = [["avis", "note"], *([f"film {place}", "ab"[place % 2]] for place in range(12))]
    test = at_upload(("x.xlsx", xlsx({"Notes": cells([["a", "b"], ["c", "d"]]), "Avis": cells(rows)})))
    assert "12 rows in the sheet “Avis”." in said(test)
    next(widget for widget in test.selectbox if widget.label == "Sheet").set_value("Notes").run()
    assert "in the sheet “Notes”." in said(test)


def test_several_files_have_a_limit_together(at_upload: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrival, "LARGEST_TOGETHER", 1)
    test = at_upload(("train.csv", AVIS), ("test.csv", b"\n" * 1_000_000))
    assert [error.value for error in test.error] == [problems.plain(str(TooLargeTogether(megabytes=1)))]
    # The uploader is empty again, and takes what is small enough.
    test.file_uploader[0].set_value([("train.csv", AVIS, "text/csv")]).run()
    assert "40 rows" in said(test)
    assert not test.error


def test_a_large_file_moves_to_disk_and_out_of_memory(
    at_upload: Open, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(big, "PLAIN_BYTES", 100)
    monkeypatch.setattr(state, "engine", Engine)
    gone: list[UploadedFile] = []
    let_go = arrival._let_go

    def noted(file: UploadedFile) -> None:
        let_go(file)
        gone.append(file)

    monkeypatch.setattr(arrival, "_let_go", noted)
    test = at_upload(("avis.csv", AVIS))
    job = LongJob.of(shelf.home, test.session_state["incoming"])
    assert job is not None
    assert (job.folder / "upload").read_bytes() == AVIS
    assert [button.label for button in test.button if button.label == "Read the whole file"]
    assert [file.closed for file in gone] == [True]  # what is closed holds no memory
    job.remove()


def test_the_limit_of_one_file_is_said_with_the_ways_out(open_page: Open) -> None:
    test = open_page("texts")
    test.segmented_control(key="text_source").set_value("upload").run()
    assert "at most 80 MB" in said(test)
    assert "Parquet" in said(test)
