"""Labelling texts one after the other: how it begins, what is asked, and what a network suggests."""
