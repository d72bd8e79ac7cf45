"""The table of all runs: find (filters), choose what is shown (columns), and act on those that are ticked (actions)."""
