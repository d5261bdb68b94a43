"""What people pass on: samples and saved evaluations.

`parquet` writes an evaluation as a table and back, `store` keeps them, `samples` are those that come along. Knows
`evalcore.predictions`, and of `evalcore.inputs` only how to open; no metric and no figure.
"""
