"""What people pass on: samples, saved evaluations, decisions, a gate for a build.

`parquet` writes an evaluation as a table and back, `store` keeps them, `samples` are those that come along;
`decisions` are thresholds that somebody decided for, `gate` holds predictions to requirements, and `report` is
one file that opens anywhere. Knows all that stands before it; the store and the samples know no metric and no figure.
"""
