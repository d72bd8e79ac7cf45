"""Everything a run is told, each parameter declared once.

A run's settings are four groups: how texts become numbers (`Preparation`), which texts are kept aside (`Split`),
the network (declared by each architecture in core/models), and how it learns (`Training`).
"""

from core.config.preparation import Preparation
from core.config.run import RunSettings, validated
from core.config.split import Split
from core.config.training import Training

__all__ = ["Preparation", "RunSettings", "Split", "Training", "validated"]
