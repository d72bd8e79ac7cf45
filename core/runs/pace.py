"""How long a step takes, from those timed until now: foretold after a few, and corrected while the training goes on."""

from __future__ import annotations

FIRST = 5  # steps that are not timed: the first ones compile the network
FEWEST = 5  # steps that have to be timed before anything is said
_MOST = 256


class Pace:
    """Steps and when they were done. Of the time since the first timed one, the later half counts.

    So it follows a machine that has become busier, and holds what stands between steps: validation, checkpoints.
    """

    def __init__(self) -> None:
        self._skipped: int | None = None
        self._points: list[tuple[int, float]] = []  # every so many steps
        self._stride = 1
        self._last = (0, 0.0)

    def at(self, step: int, now: float) -> None:
        """A step is done; `now` in seconds."""
        if self._skipped is None:
            self._skipped = step + FIRST
        if step < self._skipped:
            return
        self._last = (step, now)
        if not self._points or step - self._points[-1][0] >= self._stride:
            self._points.append((step, now))
        if len(self._points) == _MOST:
            del self._points[1::2]
            self._stride *= 2

    def seconds(self) -> float | None:
        """For one step; None while too few were timed.

        >>> pace = Pace()
        >>> for step in range(1, 21): pace.at(step, 0.5 * step)
        >>> pace.seconds()
        0.5
        """
        last, now = self._last
        if not self._points or last - self._points[0][0] < FEWEST:
            return None
        middle = (self._points[0][1] + now) / 2
        first, begun = max(point for point in self._points if point[1] <= middle)
        return (now - begun) / (last - first)
