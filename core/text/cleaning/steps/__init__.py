"""One file per family of steps. A file's `STEPS` are found by `core.text.cleaning.registry`; nothing else changes."""
