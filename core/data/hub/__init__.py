"""Data sets of the Hugging Face hub; its library is an optional extra."""
