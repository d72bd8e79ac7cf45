"""Scores of tags: words, spans of words, and what simpler things reach."""
