"""The pages. They read runs, tables and plain arrays; they never import TensorFlow."""
