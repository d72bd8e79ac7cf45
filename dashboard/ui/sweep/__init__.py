"""Several preparations for the same network: choose them (choices), train them (training), see which helps (table)."""

from dashboard.ui.sweep.page import show

__all__ = ["show"]
