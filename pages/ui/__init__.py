"""What pages share: state, caches, which evaluation is open, boxes, panels.

Knows `evalcore`, and no page. From the ground up: `phrases`, `state`, `compute`, `current`, `boxes`, `live`, `cases`,
then the panels of `decide`, `understand` and `start`.
"""
