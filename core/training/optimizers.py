"""The rules that turn gradients into steps: Keras's own, and Adam made quick for large vocabularies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.config import Training

if TYPE_CHECKING:
    import keras


def optimizer_for(training: Training) -> keras.optimizers.Optimizer:
    """An optimizer of Keras with its default values, apart from the learning rate, AdamW's weight decay and SGD's
    momentum of .9."""
    from keras import optimizers

    if training.lazy_embedding and training.optimizer in ("adam", "adamw"):
        if training.optimizer == "adam":
            return _lazy(optimizers.Adam)(training.learning_rate)
        return _lazy(optimizers.AdamW)(training.learning_rate, weight_decay=training.weight_decay)
    if training.optimizer == "adamw":
        return optimizers.AdamW(training.learning_rate, weight_decay=training.weight_decay)
    if training.optimizer == "sgd":
        return optimizers.SGD(training.learning_rate, momentum=0.9)
    kinds = {
        "adam": optimizers.Adam,
        "rmsprop": optimizers.RMSprop,
        "nadam": optimizers.Nadam,
    }
    return kinds[training.optimizer](training.learning_rate)


def _lazy(kind: type[Any]) -> type[Any]:
    """Adam or AdamW that moves only the rows of the embedding that the batch has read.

    Keras turns the embedding's gradient into a dense one and updates every word at every step: half of the time of a
    step with 10,000 words of 64 numbers. Rows that were read are updated exactly as by Keras, on their own moments.
    """
    import tensorflow as tf

    class Lazy(kind):  # type: ignore[misc]
        def _backend_update_step(self, gradients: Any, variables: Any, learning_rate: Any) -> None:
            step = tf.cast(self.iterations.value + 1, tf.float32)
            self._powers = (self.beta_1**step, self.beta_2**step)  # the same for all variables
            super()._backend_update_step(gradients, variables, learning_rate)

        def update_step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
            place = self._get_variable_index(variable)
            momentum, velocity = self._momentums[place].value, self._velocities[place].value
            first_power, second_power = self._powers
            if not isinstance(gradient, tf.IndexedSlices):
                # TensorFlow's own Adam: one operation for each variable instead of 18.
                tf.raw_ops.ResourceApplyAdam(
                    var=variable.handle,
                    m=momentum.handle,
                    v=velocity.handle,
                    beta1_power=first_power,
                    beta2_power=second_power,
                    lr=learning_rate,
                    beta1=self.beta_1,
                    beta2=self.beta_2,
                    epsilon=self.epsilon,
                    grad=gradient,
                )
                return
            size = learning_rate * tf.sqrt(1 - second_power) / (1 - first_power)
            rows, values = gradient.indices, gradient.values
            first = momentum.sparse_read(rows)
            second = velocity.sparse_read(rows)
            first += (values - first) * (1 - self.beta_1)
            second += (tf.square(values) - second) * (1 - self.beta_2)
            moved = variable.sparse_read(rows) - size * first / (tf.sqrt(second) + self.epsilon)
            # Subtracting in place took three times as long as to read, to subtract and to write.
            for room, numbers in ((momentum, first), (velocity, second), (variable, moved)):
                room.scatter_update(tf.IndexedSlices(numbers, rows))

    Lazy.__name__ = f"Lazy{kind.__name__}"
    return Lazy
