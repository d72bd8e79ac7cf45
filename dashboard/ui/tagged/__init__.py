"""Pages of taggers: their scores, what is inside them, and tagging sentences and files."""
