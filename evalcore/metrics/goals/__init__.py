"""Which threshold to choose: the rules of operating points, found on a sweep.

Knows `rates` and `sweep`; not the rows behind them.
"""
