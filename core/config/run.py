"""The settings of one run: its four groups of parameters together."""

from __future__ import annotations

import difflib
import hashlib
import json
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, SerializeAsAny

from core.config.preparation import Preparation
from core.config.split import Split
from core.config.task import TaskSettings
from core.config.tasks import known_task, parse_task
from core.config.training import Training
from core.errors import SettingsError
from core.messages import N_
from core.models import NetworkSettings, parse_network
from core.parameters import Declared, Parameters, declared
from core.refusals import UnknownParameter, checked


class SizeOfVectors(SettingsError):
    message = N_("The embedding is as wide as the word vectors that it starts from: {size} numbers. Leave it so.")


class RunSettings(Parameters):
    """All that defines a training, apart from the texts. JSON in and out by pydantic; `flat` for tables."""

    recipe: str = "recommended"
    task: Annotated[str, AfterValidator(known_task)] = "classification"
    preparation: Preparation = Preparation()
    split: Split = Split()
    network: Annotated[SerializeAsAny[NetworkSettings], BeforeValidator(parse_network)] = Field(
        default={"architecture": "lstm"}  # type: ignore[assignment]
    )
    training: Training = Training()
    of_task: Annotated[SerializeAsAny[TaskSettings], BeforeValidator(parse_task)] = Field(
        default={}  # type: ignore[assignment]
    )

    def groups(self) -> dict[str, Parameters]:
        return {
            "preparation": self.preparation,
            "split": self.split,
            "network": self.network,
            "training": self.training,
            "of_task": self.of_task,
        }

    def flat(self) -> dict[str, Any]:
        """Every parameter by its name, without the groups: {"architecture": "lstm", "units": 64, "epochs": 12, ...}."""
        values: dict[str, Any] = {"recipe": self.recipe, "task": self.task}
        for group in self.groups().values():
            values |= group.model_dump(mode="json")
        return values

    def declared(self) -> dict[str, Declared]:
        """What is known of every parameter of these settings, by name."""
        return {item.name: item for group in self.groups().values() for item in declared(type(group))}

    def with_values(self, values: dict[str, Any]) -> RunSettings:
        """These settings with some parameters changed, by name; strings are read as the parameter's type.

        Raises UnknownParameter (with a guess), or another SettingsError that names the value.
        """
        tree = self.model_dump(mode="json")
        homes = {name: key for key, group in self.groups().items() for name in type(group).model_fields}
        for name, value in values.items():
            if name not in homes:
                near = difflib.get_close_matches(name, homes, n=1, cutoff=0.0)
                raise UnknownParameter(name=name, suggestion=near[0])
            tree[homes[name]][name] = value
        made = validated(tree)
        size = made.preparation.vector_size
        if size and str(values.get("embedding_dim", size)) != str(size):
            raise SizeOfVectors(size=size)
        return made

    def digest(self, *groups: str) -> str:
        """A short fingerprint of some groups (all if none are named): equal settings have equal digests."""
        tree = self.model_dump(mode="json")
        chosen = {name: tree[name] for name in (groups or tree)}
        return hashlib.sha256(json.dumps(chosen, sort_keys=True).encode()).hexdigest()[:16]


def validated(tree: dict[str, Any]) -> RunSettings:
    """RunSettings from plain values; raises a SettingsError that names the first value that is not possible."""
    made = checked(RunSettings, tree)
    size = made.preparation.vector_size
    # The embedding is as wide as the vectors that it starts from, whatever the recipe says.
    if size and getattr(made.network, "embedding_dim", size) != size:
        made = made.model_copy(update={"network": made.network.model_copy(update={"embedding_dim": size})})
    longest = made.preparation.sequence_length
    if getattr(made.network, "longest_text", longest) != longest:
        made = made.model_copy(update={"network": made.network.model_copy(update={"longest_text": longest})})
    return made
