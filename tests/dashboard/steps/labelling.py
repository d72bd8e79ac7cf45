"""What tests of labelling share: answers given, buttons pressed, and where the page stands."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from core.data.labelling.desk import Desk
from core.data.labelling.session import next_question
from tests.dashboard.steps.test_steps import button


def press(test: AppTest, label: str) -> AppTest:
    button(test, label).click()  # type: ignore[attr-defined]
    return test.run()


def answer(desk: Desk, session: str, count: int) -> None:
    """Answer so many questions in turn with “yes” and “no”."""
    questions = desk.questions(session)
    for place in range(count):
        row = next_question(questions, desk.state(session))
        desk.note(session, {"row": row, "label": ["yes", "no"][place % 2]})


def shown(test: AppTest) -> str:
    """The text that is to be labelled."""
    return str(test.text[0].value)


def in_address(test: AppTest, name: str) -> str:
    value = test.query_params[name]
    return value if isinstance(value, str) else value[0]
