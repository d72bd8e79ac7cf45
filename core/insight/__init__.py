"""Looking inside a trained network, in NumPy: no TensorFlow is needed to show it."""
