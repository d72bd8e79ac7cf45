"""The user's texts: reading them, checking them, the samples that ship with the project, and the split."""
