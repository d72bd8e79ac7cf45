"""Training: batches, the loop, its state, recipes and estimates. TensorFlow is imported inside functions only."""
