"""Runs: their store (MLflow) and the engine that works on them (Dask).

Reading order: records (what a run is) -> tracking, artifacts, datasets, curves, store (where it is kept)
-> observer, jobs (what a worker does) -> programs, scheduling, engine (who does it, and when).
"""
