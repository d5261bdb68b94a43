"""A table that names image files which are not there: people are told how to bring them."""

from __future__ import annotations

import re
from dataclasses import replace

from evalcore.inputs.columns.profile import sample_positions
from evalcore.inputs.images import messages
from evalcore.predictions.evaluation import Evaluation
from evalcore.wording import say

__all__ = ["with_hint"]

_MOST = 200
_FILE = re.compile(
    r"(?!(?:https?|data|ftp|s3|gs):).*\.(?:png|jpe?g|webp|gif|bmp|tiff?)", re.IGNORECASE | re.DOTALL
)


def with_hint(evaluation: Evaluation) -> Evaluation:
    """Say that a zip of the images can be dropped beside a table that only names their files.

    Parameters
    ----------
    evaluation : Evaluation
        Opened without images.

    Returns
    -------
    Evaluation
        The same, but for a warning that says so.

    Examples
    --------
    >>> import pandas as pd
    >>> import evalcore as ec
    >>> table = pd.DataFrame({"file": ["a.png", "b.png", "c.png"], "label": [0, 1, 1], "score": [0.25, 0.5, 0.75]})
    >>> with_hint(ec.open_predictions(table)).warnings
    ('"file" names image files: drop a zip of the images together with the table to see them',)
    """
    name = evaluation.roles.image
    if evaluation.task == "history" or name not in evaluation.table.columns:
        return evaluation
    cells = evaluation.table[name].iloc[sample_positions(len(evaluation.table))].dropna().iloc[:_MOST]
    named = [isinstance(cell, str) and _FILE.fullmatch(cell.strip()) is not None for cell in cells]
    if not named or sum(named) <= 0.8 * len(named):
        return evaluation
    hint = say(messages.IMAGES_NOT_HERE, column=name)
    warnings = (*(each for each in evaluation.warnings if each != hint), hint)
    return replace(evaluation, warnings=warnings)
