"""The script that travels in the zip, taken by itself: how it cuts, fills up, reads and writes."""

import csv
import importlib.util
import io
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.tasks import task
from core.text.sequences import Sequences, kept


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("predict_template", task("classification").template / "predict.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PREDICT = script()


class Constant:
    """A network that is always two thirds sure."""

    class_names = ("no", "yes")
    answer = PREDICT.Network.answer

    def __init__(self, **answering: float) -> None:
        self.answering = {"temperature": 1.0, "threshold": None, "least": 0.0} | answering

    def probabilities(self, texts: list[str]) -> list[list[float]]:
        return [[1 / 3, 2 / 3] for _ in texts]


def call(monkeypatch: pytest.MonkeyPatch, *arguments: str, typed: str = "") -> None:
    monkeypatch.setattr(PREDICT, "Network", Constant)
    monkeypatch.setattr("sys.argv", ["predict.py", *arguments])
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    PREDICT.main()


def network(**encoding: object) -> object:
    bare = PREDICT.Network.__new__(PREDICT.Network)
    bare.encoding = encoding
    return bare


@given(st.lists(st.integers(1, 9), max_size=12), st.integers(1, 8), st.sampled_from(["end", "start", "middle"]))
def test_texts_are_cut_as_the_app_cuts_them(ids: list[int], length: int, truncation: str) -> None:
    cut = network(sequence_length=length, truncation=truncation).ids(list(ids))
    head, tail = kept(len(ids), length, truncation)  # type: ignore[arg-type]
    assert cut == (ids[:head] + ids[len(ids) - tail :] or [1])


@given(
    st.lists(st.lists(st.integers(1, 9), min_size=1, max_size=6), min_size=1, max_size=4),
    st.sampled_from(["left", "right"]),
    st.sampled_from([None, 6]),
)
def test_texts_are_filled_up_as_the_app_fills_them(rows: list[list[int]], side: str, fixed: int | None) -> None:
    ours = network(padding=side, padded_length=fixed).padded(rows)
    length = fixed or max(map(len, rows))
    assert ours == Sequences.from_lists(rows).padded(range(len(rows)), length, side).tolist()  # type: ignore[arg-type]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_tables_of_spreadsheets_are_read(tmp_path: Path, separator: str) -> None:
    file = tmp_path / "in.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream, delimiter=separator).writerows(
            [["id", "text"], ["1", 'say "hé"\nagain'], ["2", "x" * 200_000]]
        )
    rows, names = PREDICT.read_table(str(file), "text")
    assert names == ["id", "text"]
    assert [row["text"] for row in rows] == ['say "hé"\nagain', "x" * 200_000]


def test_a_missing_column_is_named_with_the_others(tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    file.write_text("id,comment\n1,a\n", encoding="utf-8")
    with pytest.raises(SystemExit, match=r"no column “text”.*id, comment"):
        PREDICT.read_table(str(file), "text")


def test_answers_stand_behind_the_users_columns() -> None:
    out = io.StringIO()
    PREDICT.write_table(out, ["id", "text"], [{"id": "1", "text": "a,b"}], Constant(), [[0.25, 0.75]])
    assert list(csv.reader(io.StringIO(out.getvalue()))) == [
        ["id", "text", "predicted", "probability", "probability:no", "probability:yes"],
        ["1", "a,b", "yes", "0.75", "0.25", "0.75"],
    ]


@pytest.mark.parametrize(
    ("answering", "answer"),
    [({}, "yes"), ({"threshold": 0.8}, "no"), ({"threshold": 0.75}, "yes"), ({"least": 0.76}, "?")],
)
def test_what_is_answered_is_what_was_chosen(answering: dict[str, float], answer: str) -> None:
    assert Constant(**answering).answer([0.25, 0.75]) == answer


def test_a_temperature_makes_it_less_sure() -> None:
    bare = PREDICT.Network.__new__(PREDICT.Network)
    bare.answering = {"temperature": 2.0}
    assert bare.tempered([0.9, 0.1]) == pytest.approx([0.75, 0.25])
    assert sum(bare.tempered([1.0, 0.0])) == pytest.approx(1)


def test_texts_are_given_in_quotes(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    call(monkeypatch, "a text", "é")
    assert capsys.readouterr().out == "yes\t0.6667\ta text\nyes\t0.6667\té\n"


def test_or_one_a_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    call(monkeypatch, typed="one\n\nthree")
    assert [line.split("\t")[2] for line in capsys.readouterr().out.splitlines()] == ["one", "", "three"]


def test_a_missing_file_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SystemExit, match=r"There is no file none\.csv"):
        call(monkeypatch, "--file", "none.csv")
