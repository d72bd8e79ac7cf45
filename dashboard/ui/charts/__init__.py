"""A table goes in, a Plotly figure in the house style comes out, with a sentence that says what it shows."""

from dashboard.ui.charts.areas import trade_off
from dashboard.ui.charts.base import Chart, chosen_in, clicked, show, show_aligned, template
from dashboard.ui.charts.confidence import answered, calibration
from dashboard.ui.charts.curves import curves
from dashboard.ui.charts.rates import learning_rates
from dashboard.ui.charts.scores import confusion, probabilities, scores
from dashboard.ui.charts.sizes import sizes
from dashboard.ui.charts.texts import class_balance, lengths
from dashboard.ui.charts.verdicts import verdicts
from dashboard.ui.charts.vocabulary import frequencies
from dashboard.ui.charts.words import heat_map, norms

__all__ = [
    "Chart",
    "answered",
    "calibration",
    "chosen_in",
    "class_balance",
    "clicked",
    "confusion",
    "curves",
    "frequencies",
    "heat_map",
    "learning_rates",
    "lengths",
    "norms",
    "probabilities",
    "scores",
    "show",
    "show_aligned",
    "sizes",
    "template",
    "trade_off",
    "verdicts",
]
