"""Recognisers: what could be the truth, the scores, the decisions, the probabilities of classes.

Each is a pure function from profiles to claims, or to columns that belong together; none chooses among rivals.
Each knows `columns`, and of `recognition` weights and agreement; none knows another.
"""
