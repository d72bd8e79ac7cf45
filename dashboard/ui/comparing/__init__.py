"""The parts of page Compare: what is compared (chosen), what may be said (verdict), by size (sizes), and tables."""
