"""The tabs of page Evaluate."""
