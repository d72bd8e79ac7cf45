"""What a run made: checkpoints, the network, its evaluation, and the references it is compared to."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from core.errors import RunError
from core.messages import N_
from core.runs.artifacts import NothingStored
from core.runs.curves import Curves
from core.runs.records import Problem, Run
from core.runs.tags import joined, problem_tags

if TYPE_CHECKING:
    import pandas as pd

    from core.data.splits.table import SplitTable
    from core.evaluation.answering import Answering
    from core.evaluation.evaluate import Evaluation
    from core.generation.judging import WritingEvaluation
    from core.insight.network import Network
    from core.insight.trained import Trained
    from core.text.prepare import Prepared
    from core.training.state import Progress, TrainingState

PREPARATION = "preparation"
TURNS = ("checkpoint-a", "checkpoint-b")
# What is kept of the test scores with the run itself; of these, each task has its own.
TEST_METRICS = ("accuracy", "macro_f1", "loss", "perplexity", "likeliest")


class NoClassifier(RunError):
    message = N_("The network of this training does not give a label to a text: its task is “{task}”.")


class Results(Curves):
    """Saves and loads the files of a run by their meaning."""

    def save_network(self, run_id: str, network: Trained, model: Any = None) -> None:
        """The network's files and, if given, the Keras model beside them as model.keras."""
        with self.writing(run_id, "network") as folder:
            network.save(folder)
            if model is not None:
                model.save(folder / "model.keras")
        self._log(run_id, {"network": "stored"})

    def load_network(self, run_id: str) -> Network:
        """A classifier. Raises NothingStored before the run has ended, and NoClassifier for another task's network."""
        from core.insight.network import Network

        network = self.load_trained(run_id)
        if not isinstance(network, Network):
            raise NoClassifier(task=network.settings.task)
        return network

    def load_trained(self, run_id: str) -> Trained:
        """The network of a run, of the class that its task names (core.tasks). Raises NothingStored."""
        from core.insight.trained import task_in
        from core.tasks import task

        with self.reading(run_id, "network") as folder:
            return task(task_in(folder)).trained.load(folder)

    def save_preparation(self, run: Run, prepared: Prepared) -> None:
        """How the texts became numbers: preparation.json, the tokenizer's file, and the part of each text."""
        from core.text.preparation_file import FILE_NAME, PreparationFile

        with self.writing(run.run_id, PREPARATION) as folder:
            (folder / FILE_NAME).write_text(PreparationFile.of(run.settings).to_json(), encoding="utf-8")
            (folder / "tokenizer.json").write_text(prepared.encoder.to_json(), encoding="utf-8")
            (folder / "split.json").write_text(
                json.dumps(prepared.split.as_json(), ensure_ascii=False, indent=1), "utf-8"
            )
            prepared.assignment().to_parquet(folder / "split.parquet", index=False)

    def load_split(self, run_id: str) -> tuple[SplitTable, pd.DataFrame]:
        """The table of the split, and the part of each row of the data set that was used: columns row and part.

        Raises NothingStored before the texts are prepared, and for runs of earlier versions.
        """
        import pandas as pd

        from core.data.splits.table import SplitTable

        with self.reading(run_id, PREPARATION) as folder:
            content = json.loads((folder / "split.json").read_text(encoding="utf-8"))
            return SplitTable.from_json(content), pd.read_parquet(folder / "split.parquet")

    def load_tokenizer(self, run_id: str) -> str:
        """The tokenizer's file, which holds the vocabulary. Raises NothingStored as `load_split` does."""
        with self.reading(run_id, PREPARATION) as folder:
            return (folder / "tokenizer.json").read_text(encoding="utf-8")

    def save_state(self, run_id: str, state: TrainingState) -> None:
        """A checkpoint. Two folders take turns and a tag names the good one: a kill in the middle of writing, on
        any kind of storage, leaves the one before."""
        last = self._found(run_id).data.tags.get("checkpoint")
        name = TURNS[1] if last == TURNS[0] else TURNS[0]
        with self.writing(run_id, name) as folder:
            state.save(folder / "state.npz")
        self._log(run_id, {"checkpoint": name})

    def load_state(self, run_id: str) -> TrainingState | None:
        """The last checkpoint, None if there is none."""
        from core.training.state import TrainingState

        name = self._found(run_id).data.tags.get("checkpoint")
        if not name:
            return None
        with self.reading(run_id, name) as folder:
            return TrainingState.load(folder / "state.npz")

    def load_progress(self, run_id: str) -> Progress | None:
        """How far the last checkpoint is, without its weights; None if there is none."""
        from core.training.state import Progress

        name = self._found(run_id).data.tags.get("checkpoint")
        if not name:
            return None
        with self.reading(run_id, name) as folder:
            return Progress.load(folder / "state.npz")

    def save_evaluation(self, run_id: str, evaluation: Evaluation | WritingEvaluation) -> None:
        """Scores and predictions; counts one more look at the test part."""
        looks = int(self._found(run_id).data.tags.get("test_looks", 0)) + 1
        with self.writing(run_id, "evaluation") as folder:
            evaluation.save(folder)
        scores: dict[str, Any] = dict(evaluation.test)
        told = {f"test_{name}": scores[name] for name in TEST_METRICS if name in scores}
        if "entities" in scores:
            told["test_entity_f1"] = scores["entities"]["f1"]
        self.log_metrics(run_id, told)
        self._log(run_id, {"test_looks": str(looks), "evaluated_on": self._texts_of(run_id), "answering": ""})

    def set_answering(self, run_id: str, answering: Answering) -> None:
        """How its probabilities become answers wherever the network is used, until it is judged anew."""
        self._log(run_id, {"answering": answering.to_json()})

    def load_answering(self, run_id: str) -> Answering:
        from core.evaluation.answering import Answering

        return Answering.from_json(self._found(run_id).data.tags.get("answering"))

    def load_evaluation(self, run_id: str) -> Evaluation | None:
        """None before the run has been evaluated on the texts that it has now, and of a network that writes."""
        if not self._is_of_its_texts(run_id, "evaluated_on"):
            return None
        return self._evaluation(run_id, "evaluation")

    def save_reference(self, run_id: str, name: str, evaluation: Evaluation | WritingEvaluation) -> None:
        with self.writing(run_id, f"reference-{name}") as folder:
            evaluation.save(folder)

    def load_references(self, run_id: str, beside: Evaluation | None = None) -> dict[str, Evaluation]:
        """Those that are ready by now, by the names that their task gives them.

        They share their texts, and those of the run's own evaluation if it is given as `beside`; and they come without
        the validation predictions, which nobody asks for.
        """
        from core.tasks import references

        if not self._is_of_its_texts(run_id, "references_of"):
            return {}
        found: dict[str, Evaluation] = {}
        for name in references():
            evaluation = self._evaluation(run_id, f"reference-{name}", validation=False, beside=beside)
            if evaluation is not None:
                found[name] = evaluation
                beside = beside or evaluation
        return found

    def begin_references(self, run_id: str) -> None:
        """What comes from now on is of the texts that the run has now, and nobody has stopped it."""
        self.set_references_error(run_id, None)
        self._log(run_id, {"references_of": self._texts_of(run_id)})

    def set_references_key(self, run_id: str, key: str) -> None:
        """Say that this run has all references; `key` is equal for runs whose references are."""
        self._log(run_id, {"references": key})

    def set_references_error(self, run_id: str, error: BaseException | None) -> None:
        """Keep why the references could not be trained; None when they are tried again."""
        tags = problem_tags(Problem.of(error) if error else None, "references_error")
        self._log(run_id, tags | {"references_stop": ""})

    def copy_references(self, run_id: str, key: str, names: Iterable[str]) -> bool:
        """Take over the references of these names from another run with an equal key; False if there is none."""
        query = f"tags.references = '{key}'"
        for other in self._client.search_runs([self._runs_id], query, max_results=5):
            try:
                for name in names:
                    self._copy(other.info.run_id, run_id, f"reference-{name}")
            except NothingStored:
                continue  # deleted in this moment, or its files were
            self.set_references_key(run_id, key)
            return True
        return False

    def _texts_of(self, run_id: str) -> str:
        return str(joined(self._found(run_id).data.tags, "data")["fingerprint"])

    def _is_of_its_texts(self, run_id: str, key: str) -> bool:
        """False for what was made before the run went on with other texts."""
        return self._found(run_id).data.tags.get(key) in (None, self._texts_of(run_id))

    def _copy(self, source_id: str, run_id: str, name: str) -> None:
        if source_id == run_id:
            return
        with self.reading(source_id, name) as source, self.writing(run_id, name) as folder:
            shutil.copytree(source, folder, dirs_exist_ok=True)

    def _evaluation(self, run_id: str, name: str, **how: Any) -> Evaluation | None:
        from core.evaluation.evaluate import Evaluation
        from core.generation.judging import is_writing

        try:
            with self.reading(run_id, name) as folder:
                return None if is_writing(folder) else Evaluation.load(folder, **how)
        except NothingStored:
            return None
