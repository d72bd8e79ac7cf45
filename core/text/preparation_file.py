"""The whole preparation as one JSON: how texts become numbers and which are kept aside, to be used on other texts.

    {"format": 1, "preparation": {"cleaning": [...], "sequence_length": 256, ...}, "split": {"test_share": 0.15, ...}}

What was learned from texts (the vocabulary) is not in it: that is the tokenizer's own file, which lies beside it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Self

from core.config import Preparation, RunSettings, Split, validated
from core.errors import SettingsError
from core.messages import N_
from core.refusals import checked

FORMAT = 1
FILE_NAME = "preparation.json"
_LARGEST = 1_000_000  # characters; a list of stop words may be long


class NotAPreparation(SettingsError):
    message = N_(
        "This file is not a preparation: {reason} Take a preparation.json that this app, a training or an exported "
        "network gave you."
    )


class PreparationOfNewerFormat(SettingsError):
    message = N_(
        "This preparation is written in format {format}, and this version reads format {known}. Update the app, or "
        "save the preparation with the version that is used here."
    )


class PreparationOfOtherVersion(SettingsError):
    message = N_(
        "This preparation is of another version: parameters not known here are {names}. Update the app, or take them "
        "out of the file and check that it still does what you want."
    )


@dataclass(frozen=True)
class PreparationFile:
    """What the file holds; make one from a run's settings with `of`."""

    preparation: Preparation
    split: Split

    @classmethod
    def of(cls, settings: RunSettings) -> Self:
        return cls(settings.preparation, settings.split)

    def to_json(self) -> str:
        content = {
            "format": FORMAT,
            "preparation": self.preparation.model_dump(mode="json"),
            "split": self.split.model_dump(mode="json"),
        }
        return json.dumps(content, ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """What `to_json` wrote; a parameter that is missing, as in a file of an older version, has its default.

        Raises NotAPreparation, PreparationOfNewerFormat, PreparationOfOtherVersion, or another SettingsError that
        names the value that is not possible.
        """
        content = _parsed(text)
        known: dict[str, type[Preparation] | type[Split]] = {"preparation": Preparation, "split": Split}
        strange = [name for group, model in known.items() for name in content[group] if name not in model.model_fields]
        if strange:
            raise PreparationOfOtherVersion(names=", ".join(strange)[:300])
        return cls(checked(Preparation, content["preparation"]), checked(Split, content["split"]))

    def applied(self, settings: RunSettings) -> RunSettings:
        """The settings with this preparation and split instead of their own."""
        groups = {"preparation": self.preparation, "split": self.split}
        tree = settings.model_dump(mode="json")
        return validated(tree | {name: group.model_dump(mode="json") for name, group in groups.items()})


def _parsed(text: str | bytes) -> dict[str, Any]:
    """The file's content, with both groups in it."""
    if len(text) > _LARGEST:
        raise NotAPreparation(reason=N_("it is far too large."))
    try:
        content = json.loads(text.decode("utf-8-sig") if isinstance(text, bytes) else text)
    except (ValueError, RecursionError) as error:
        raise NotAPreparation(reason=N_("it cannot be read as JSON.")) from error
    if not isinstance(content, dict) or not isinstance(content.get("preparation"), dict):
        raise NotAPreparation(reason=N_("the group “preparation” is missing."))
    if not isinstance(content.setdefault("split", {}), dict):
        raise NotAPreparation(reason=N_("the group “split” has no parameters."))
    if content.get("format") != FORMAT:
        raise PreparationOfNewerFormat(format=str(content.get("format"))[:20], known=FORMAT)
    return content
