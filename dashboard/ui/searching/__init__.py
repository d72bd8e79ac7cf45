"""A search for better settings: what is searched (form), how it goes (watch), what it found (found)."""
