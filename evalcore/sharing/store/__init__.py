"""Saved evaluations: index (`records`, `database`), their files (`contents`), annotations, expiry; `store` is the face.

Knows `parquet`, `samples`, `evalcore.predictions`, and how `evalcore.inputs` opens a table again.
"""
