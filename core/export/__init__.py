"""A trained network as a zip that works without this project."""
