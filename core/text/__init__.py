"""Texts to numbers: cleaning steps, the tokenizer with its vocabulary, and the rows of token ids."""
