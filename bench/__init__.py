"""Paired benchmarks, run by hand."""
