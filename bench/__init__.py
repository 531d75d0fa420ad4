"""Benchmarks: uprof beside its peers."""
