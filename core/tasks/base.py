"""What a task is: all that differs between labelling a text, tagging its words, and whatever comes next."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from core.breaks import Between, no_stop
from core.errors import SettingsError
from core.evaluation.named import SCORES
from core.insight.trained import Trained
from core.messages import N_
from core.models import Architecture, Layer, architecture, architectures
from core.models.base import Sizes

if TYPE_CHECKING:
    from pathlib import Path

    import keras

    from core.config import RunSettings
    from core.data.dataset import Dataset
    from core.evaluation.answering import Answering
    from core.evaluation.intervals import Intervals
    from core.models.base import Weights
    from core.text.cutter import Cutter
    from core.text.encoder import TextEncoder
    from core.text.prepare import Prepared
    from core.training.observer import Observer


class CannotDoTask(SettingsError):
    message = N_(
        "The network “{architecture}” has no answer for each word, so it cannot do this. Choose among {possible}."
    )


class Task(ABC):
    """One file of core/tasks defines a subclass, and core/tasks/__init__.py its place in the registry.

    `name` is the value of `RunSettings.task`, `title` and `summary` are shown (marked with N_). `references`: what
    simpler things are called, by name, the simplest first; no two tasks share a name. `main_reference`: the one
    that any network must beat, `hard_reference` one that is hard to beat and said beside it, if any. `scores`:
    titles and meanings of scores, by name. `usual_architecture`: where the chosen one cannot do it. `trained`: the
    class of a trained network. `template`: the folder with README.md and predict.py of an exported one,
    `score_in_zip`: the sentence of that README on the scores, in both languages. Parameters that only this task has
    are declared in core/config, and listed in core/config/tasks.py.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    summary: ClassVar[str]
    references: ClassVar[Mapping[str, str]]
    main_reference: ClassVar[str]
    hard_reference: ClassVar[str] = ""
    usual_architecture: ClassVar[str] = "lstm"
    scores: ClassVar[Mapping[str, tuple[str, str]]] = SCORES
    template: ClassVar[Path]
    score_in_zip: ClassVar[Mapping[str, str]]
    trained: ClassVar[type[Trained]]

    # Texts

    @abstractmethod
    def suits(self, dataset: Dataset) -> bool:
        """Whether it can be done with such data; of several tasks that suit, the first is what is usual."""

    @abstractmethod
    def require_trainable(self, dataset: Dataset) -> None:
        """Raise the DataError that says why nothing can be learned from this data set, if so."""

    @abstractmethod
    def prepare(
        self,
        dataset: Dataset,
        settings: RunSettings,
        cutter: Cutter | None = None,
        between: Between = no_stop,
    ) -> Prepared:
        """What the network learns from and is judged on; arguments and errors as of `core.text.prepare.prepare`.

        Parts may be of a subclass of `Part` that says in `arrays` and `asked` what is read and what is to be answered.
        """

    def with_labels(self, dataset: Dataset, class_names: Sequence[str]) -> Dataset:
        """Other texts for a network that answers with these classes to go on with, labelled as it reads them.

        Raises a DataError where it cannot learn them.
        """
        return dataset

    def as_stored(self, dataset: Dataset) -> Dataset:
        """Texts that `with_labels` made, as they are kept: without what it added."""
        return dataset

    @abstractmethod
    def prepare_again(
        self,
        dataset: Dataset,
        settings: RunSettings,
        encoder: TextEncoder,
        class_names: Sequence[str],
        between: Between = no_stop,
    ) -> Prepared:
        """The same for a network that goes on: with its words, and with its classes in their order.

        `class_names` may have more than the texts do, but no fewer.
        """

    def sizes(self, prepared: Prepared) -> Sizes:
        return Sizes(prepared.encoder.vocabulary_size, len(prepared.class_names))

    # The network

    def can(self, item: Architecture) -> bool:
        """Whether an architecture can do it."""
        return True

    def architectures(self) -> dict[str, Architecture]:
        """Those that can, by name, in the order in which they are taught."""
        return {name: item for name, item in architectures().items() if self.can(item)}

    def require(self, architecture_name: str) -> None:
        """Raise CannotDoTask, or UnknownArchitecture, if it is not for this task."""
        if not self.can(architecture(architecture_name)):
            raise CannotDoTask(architecture=architecture_name, possible=", ".join(self.architectures()))

    def values(self, recipe: str, texts: int | None) -> Mapping[str, Any]:
        """Values of parameters, by name, that this task adds to those of a recipe; texts: usable ones, if known."""
        return {}

    def without_effect(self) -> set[str]:
        """Parameters of networks that change nothing here: a page need not show them."""
        return set()

    @abstractmethod
    def build(self, settings: RunSettings, sizes: Sizes) -> keras.Model:
        """An uncompiled functional model of stock Keras layers: what `Part.arrays` gives -> probabilities.

        Its outputs are (texts, answers), or (texts, time, answers); `core.training.step.Steps` learns either.
        """

    @abstractmethod
    def layers(self, settings: RunSettings, sizes: Sizes) -> list[Layer]:
        """The same as a drawing; its parameters add up to the model's."""

    def network(self, settings: RunSettings, prepared: Prepared, weights: Weights) -> Trained:
        """What a training gives, from the texts that it learned from and the weights that it found."""
        from core.text.encoder import TextEncoder

        encoder = TextEncoder(prepared.encoder.tokenizer, settings.preparation)
        return self.trained(settings, encoder, prepared.class_names, weights)

    def watched(self, observer: Observer, network: Callable[[], Any], prepared: Prepared) -> Observer:
        """Who watches a training: the observer, or one that tells it more. `network()`: what was learned until now."""
        return observer

    # Scores

    @abstractmethod
    def evaluate(self, network: Any, prepared: Prepared, between: Between = no_stop) -> Any:
        """Ask the network (of the class `trained`) about the validation and test parts, once.

        An Evaluation, or something else with `validation`, `test` and `save` that the store can load again.
        """

    @abstractmethod
    def intervals(self, evaluation: Any) -> Intervals:
        """Every score of an evaluation with the range in which it likely lies."""

    @abstractmethod
    def each_reference(
        self,
        prepared: Prepared,
        settings: RunSettings,
        observer: Observer | None = None,
        between: Between = no_stop,
    ) -> Iterator[tuple[str, Any]]:
        """Simpler things, trained and scored on the same texts, one by one, by the names of `references`."""

    # The zip

    @abstractmethod
    def told_in_zip(self, network: Any) -> dict[str, Any]:
        """What the zip's predict.py needs to know, beside the names of the classes: part of its settings.json."""

    @abstractmethod
    def answers_differ(self, network: Any, program: Any, texts: list[str], answering: Answering) -> float:
        """By how much the exported predict.py (a module) answers differently from the network; infinity if not at
        all comparable. `answering`: what becomes of the probabilities, which classifiers' programs do, too.
        """
