"""Models judged on the same rows: figures and differences with how sure they are, what one mends and breaks.

Knows `rates`, `sweep`, `goals` and `probability`, and no other room of `metrics`.
"""
