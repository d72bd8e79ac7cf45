import pytest

from core.cli.parameters import NotAnAssignment, assignments, parameter_help
from core.config import RunSettings
from core.config.tasks import OF_TASK
from core.models import architectures
from core.parameters import declared


def test_assignments_are_read_as_typed() -> None:
    assert assignments(["epochs=5", "batch-size = 8", "cleaning=a,b", "x=1=2"]) == {
        "epochs": "5",
        "batch_size": "8",
        "cleaning": "a,b",
        "x": "1=2",
    }


@pytest.mark.parametrize("text", ["epochs", "=5", " =5", ""])
def test_what_is_no_assignment_is_refused(text: str) -> None:
    with pytest.raises(NotAnAssignment, match="NAME=VALUE"):
        assignments([text])


def test_the_help_names_every_declared_parameter_once() -> None:
    lines = parameter_help(100).splitlines()
    names = {item.name for item in RunSettings().declared().values()}
    names |= {item.name for kind in architectures().values() for item in declared(kind.settings)}
    names |= {item.name for group in OF_TASK.values() for item in declared(group)}
    for name in names | architectures().keys():
        assert lines.count(f"  {name}") == 1, name
    assert max(map(len, lines)) <= 100


def test_strings_become_what_the_parameter_needs() -> None:
    settings = RunSettings().with_values(assignments(["epochs=5", "early_stopping=false", "learning_rate=1e-2"]))
    assert settings.training.epochs == 5
    assert settings.training.early_stopping is False
    assert settings.training.learning_rate == 0.01
