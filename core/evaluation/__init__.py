"""How good a network is on texts that it never saw, beside what simpler things reach on the same texts."""
