import pandas as pd

from core.evaluation.mistakes import answered_so, mistakes

PREDICTIONS = pd.DataFrame(
    {
        "row": [9, 4, 7, 1, 5],
        "text": ["nine", "four", "seven", "one", "five"],
        "label": ["a", "a", "b", "b", "a"],
        "predicted": ["b", "a", "a", "a", "b"],
        "probability": [0.7, 0.99, 0.9, 0.7, 0.6],
        "probability:a": [0.3, 0.99, 0.9, 0.7, 0.4],
    }
)


def test_the_surest_mistakes_come_first_and_right_answers_never() -> None:
    assert mistakes(PREDICTIONS)["text"].tolist() == ["seven", "one", "nine", "five"]


def test_no_more_than_asked_for() -> None:
    assert mistakes(PREDICTIONS, limit=2)["row"].tolist() == [7, 1]


def test_none_when_all_is_right() -> None:
    assert mistakes(PREDICTIONS.assign(predicted=PREDICTIONS["label"])).empty


def test_the_texts_of_one_cell() -> None:
    assert answered_so(PREDICTIONS, "a", "b")["text"].tolist() == ["nine", "five"]
    assert answered_so(PREDICTIONS, "b", "b").empty
