"""Labelling one text after the other: the session's logic, and where it is kept."""
