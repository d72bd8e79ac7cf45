"""One step of learning and one of judging, each compiled once for all shapes of batches."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.config import Training
from core.text.prepare import Inputs
from core.training.averages import Averages
from core.training.gradients import clipped, one_slice_a_row
from core.training.optimizers import optimizer_for

if TYPE_CHECKING:
    import keras

Labels = NDArray[np.int32]

MADE = Event()  # set once this process has made a step: what its first training waits for, compiling, is over


class Steps:
    """A model with its optimizer. Both steps return sums over the answers asked for: (loss, correct answers).

    Labels have the shape of the model's outputs without their last axis, the probabilities: (texts,), or (texts, time)
    of one that answers at each token. There a label below 0 asks for nothing, and counts for nothing.

    The loss they return is plain cross-entropy, whatever is learned from: neither weighted by class nor smoothed.
    class_weights: (classes,) how much an answer of each class counts in what is learned; None: all the same.
    """

    def __init__(
        self, model: keras.Model, training: Training, class_weights: NDArray[np.float32] | None = None
    ) -> None:
        import tensorflow as tf

        self.model = model
        self.optimizer = optimizer_for(training)
        self.optimizer.build(model.trainable_variables)
        self.averages = (
            Averages(model.trainable_variables, training.average_decay) if training.average_weights else None
        )
        self._clip = training.gradient_clip
        self._smoothing = training.label_smoothing
        self._class_weights = class_weights
        # Unknown sizes, so that a batch of another length is not traced and compiled again.
        inputs = tuple(tf.TensorSpec(each.shape, each.dtype) for each in model.inputs)
        asked = tf.TensorSpec(model.output.shape[:-1], tf.int32)
        signature = [inputs[0] if len(inputs) == 1 else inputs, asked]
        self._train = tf.function(self._training_step, signature, autograph=False)
        self._evaluate = tf.function(self._evaluation_step, signature, autograph=False)
        self._compiled: dict[Any, Any] = {}

    @property
    def rate(self) -> float:
        """The learning rate of the next step."""
        return float(self.optimizer.learning_rate)

    @rate.setter
    def rate(self, value: float) -> None:
        self.optimizer.learning_rate = value

    def train(self, inputs: Inputs, labels: Labels) -> tuple[float, float]:
        """Learn from ids (texts, time), or all that the model reads, and labels."""
        loss, correct = self._run(self._train, inputs, labels)
        return loss, correct

    def evaluate(self, inputs: Inputs, labels: Labels) -> tuple[float, float]:
        """Judge without learning and without dropout."""
        loss, correct = self._run(self._evaluate, inputs, labels)
        return loss, correct

    def _run(self, step: Any, inputs: Inputs, labels: Labels) -> list[float]:
        """Call what was compiled for all shapes: finding it anew for each batch took .2 ms of a step's 5."""
        import tensorflow as tf

        if step not in self._compiled:
            self._compiled[step] = step.get_concrete_function()
        several = tuple(map(tf.constant, inputs)) if isinstance(inputs, tuple) else tf.constant(inputs)
        sums: list[float] = self._compiled[step](several, tf.constant(labels)).numpy().tolist()
        MADE.set()
        return sums

    def _training_step(self, inputs: Any, labels: Any) -> Any:
        import tensorflow as tf

        weights = self.model.trainable_variables
        with tf.GradientTape() as tape:
            outputs = self.model(inputs, training=True)
            losses = _losses(outputs, labels)
            loss = tf.reduce_mean(self._to_learn(losses, outputs, labels))
        gradients = [one_slice_a_row(gradient) for gradient in tape.gradient(loss, weights)]
        if self._clip:
            gradients = clipped(gradients, self._clip)
        self.optimizer.apply(gradients, weights)
        if self.averages:
            self.averages.follow(self.optimizer.iterations.value)
        return tf.stack([tf.reduce_sum(losses), _correct(outputs, labels)])

    def _to_learn(self, losses: Any, outputs: Any, labels: Any) -> Any:
        """(answers,) what the gradients make smaller."""
        import tensorflow as tf

        if self._smoothing:
            losses = _asked(_smoothed_losses(outputs, _possible(labels), self._smoothing), labels)
        if self._class_weights is not None:
            losses *= tf.gather(tf.constant(self._class_weights), _asked(labels, labels))
        return losses

    def _evaluation_step(self, inputs: Any, labels: Any) -> Any:
        import tensorflow as tf

        outputs = self.model(inputs, training=False)
        return tf.stack([tf.reduce_sum(_losses(outputs, labels)), _correct(outputs, labels)])


def _asked(values: Any, labels: Any) -> Any:
    """(answers,) those of values (texts,) or (texts, time) for which there is a label."""
    import tensorflow as tf

    return values if labels.shape.rank == 1 else tf.boolean_mask(values, labels >= 0)


def _possible(labels: Any) -> Any:
    """Labels of which each can be looked up, those that ask for nothing, too."""
    import tensorflow as tf

    return labels if labels.shape.rank == 1 else tf.maximum(labels, 0)


def _losses(outputs: Any, labels: Any) -> Any:
    """(answers,) cross-entropy; inside a graph Keras computes it from the logits, so it does not overflow."""
    import tensorflow as tf
    from keras import ops

    known = _possible(labels)
    if outputs.shape[-1] == 1:
        return _asked(ops.binary_crossentropy(tf.cast(known[..., None], tf.float32), outputs)[..., 0], labels)
    return _asked(ops.sparse_categorical_crossentropy(known, outputs), labels)


def _smoothed_losses(outputs: Any, labels: Any, share: float) -> Any:
    """Cross-entropy to labels of which `share` is spread evenly over all classes (Szegedy et al. 2016); their shape."""
    import tensorflow as tf
    from keras import ops

    if outputs.shape[-1] == 1:
        wanted = tf.cast(labels[..., None], tf.float32) * (1 - share) + share / 2
        return ops.binary_crossentropy(wanted, outputs)[..., 0]
    classes = outputs.shape[-1]
    wanted = tf.one_hot(labels, classes) * (1 - share) + share / classes
    return ops.categorical_crossentropy(wanted, outputs)


def _correct(outputs: Any, labels: Any) -> Any:
    import tensorflow as tf

    if outputs.shape[-1] == 1:
        predicted = tf.cast(outputs[..., 0] > 0.5, tf.int32)
    else:
        predicted = tf.argmax(outputs, axis=-1, output_type=tf.int32)
    return tf.reduce_sum(tf.cast(predicted == labels, tf.float32))
