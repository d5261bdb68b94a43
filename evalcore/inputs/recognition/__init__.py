"""Recognition by evidence: recognisers claim columns for roles, and the best consistent reading of all is taken.

`evidence` (what a claim and a reading are), `weights` (what each piece of evidence counts), `row_agreement` (how rows
agree), `claims` (one subject a module, none knows of the others), `readings` (readings, the best, and what is asked).
Knows `columns` and `plan`; builds nothing.
"""
