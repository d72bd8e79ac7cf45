"""Pages of a network that writes: what the steps Train, Evaluate, Look inside and Use show for it."""
