"""Unrolled's engine room: texts -> dataset -> encoder -> model -> run. Knows nothing of the pages that show it."""
