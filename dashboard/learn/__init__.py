"""The lessons: one thin file each. What they show is worked out in core."""
