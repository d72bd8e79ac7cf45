"""One to many: texts written by a network, from a label or a beginning, one token after the other."""
