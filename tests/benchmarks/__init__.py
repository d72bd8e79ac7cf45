"""Measurements, run by hand (`make bench`). Machines are shared and noisy: what is printed are ratios of one run."""
