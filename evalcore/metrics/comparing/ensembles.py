"""Models put together: the mean of their ranks, or of their probabilities, as one model more."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from evalcore.errors import InputError
from evalcore.predictions import messages
from evalcore.predictions.binary import BinaryPredictions, ModelScores
from evalcore.predictions.evaluation import FloatArray
from evalcore.predictions.score_unit import as_probability
from evalcore.wording import quoted

__all__ = ["ENSEMBLES", "ensembles_of", "with_ensemble"]

#: The ways to put models together, in words.
ENSEMBLES: Mapping[str, str] = MappingProxyType(
    {"ranks": "Mean of ranks", "probabilities": "Mean of probabilities"}
)


def ensembles_of(predictions: BinaryPredictions) -> tuple[str, ...]:
    """Return in which ways the models can be put together: probabilities only where all give them."""
    ranked = [each for each in predictions.models if each.kind != "hard_label"]
    if len(ranked) < 2:
        return ()
    given = all(as_probability(each.values[:1], each.kind) is not None for each in ranked)
    return ("ranks", "probabilities") if given else ("ranks",)


def with_ensemble(predictions: BinaryPredictions, way: str) -> BinaryPredictions:
    """Return the predictions with an ensemble of all models that have scores, as their last model.

    The mean of ranks needs no common unit. It has no threshold of its own: it starts with the one at which it calls
    as many cases positive as its members do on average. The mean of probabilities starts with 0.5.

    Parameters
    ----------
    predictions : BinaryPredictions
    way : {"ranks", "probabilities"}

    Returns
    -------
    BinaryPredictions

    Raises
    ------
    InputError
        Where the models cannot be put together so.

    Examples
    --------
    >>> import evalcore as ec
    >>> import pandas as pd
    >>> table = pd.DataFrame({"truth": [0, 1, 0, 1] * 3, "a": [0.1, 0.9, 0.4, 0.6] * 3, "b": [0.3, 0.8, 0.2, 0.2] * 3})
    >>> two = ec.open_predictions(table, truth="truth", score=["a", "b"], positive="1").predictions
    >>> found = with_ensemble(two, "probabilities").models[-1]
    >>> found.name, found.values[:2].round(3).tolist()
    ('Mean of probabilities', [0.2, 0.85])
    """
    if way not in ensembles_of(predictions):
        raise InputError(f"these models cannot be put together by {quoted(way)}")
    members = [each for each in predictions.models if each.kind != "hard_label"]
    columns = tuple(column for each in members for column in each.columns)
    told = f"Of {len(members)} models"
    if way == "probabilities":
        given = [as_probability(each.values, each.kind) for each in members]
        values = np.mean([each for each in given if each is not None], axis=0)
        made = ModelScores(ENSEMBLES[way], values, "probability", 0.5, messages.HALF, columns, told)
    else:
        values = np.mean([_middle_ranks(each.values) for each in members], axis=0) / len(predictions.truth)
        called = float(np.mean([each.called(each.default_threshold).sum() for each in members]))
        reason = "where it calls as many cases positive as its members do on average"
        made = ModelScores(
            ENSEMBLES[way], values, "ordinal", _calling(values, round(called)), reason, columns, told
        )
    return predictions.with_models((made,))


def _middle_ranks(values: FloatArray) -> FloatArray:
    """Return ranks from 1; of equal scores the mean of theirs."""
    order = np.argsort(values)
    ordered = values[order]
    starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
    ends = np.append(starts[1:], len(values))
    ranks = np.empty(len(values))
    ranks[order] = np.repeat((starts + 1 + ends) / 2, ends - starts)
    return ranks


def _calling(values: FloatArray, cases: int) -> float:
    """Return a short number as the threshold at which so many are called, more where scores tie; for none above all."""
    ordered = np.append(np.unique(values), math.inf)
    wanted = float(np.sort(values)[len(values) - cases]) if cases else math.inf
    place = int(np.searchsorted(ordered, wanted))
    below, above = (float(ordered[place - 1]) if place else -math.inf), float(ordered[place])
    if not math.isfinite(above):
        return float(np.nextafter(below, math.inf))
    for digits in range(1, 16):
        short = math.floor(above * 10**digits) / float(10**digits)
        if below < short <= above:
            return float(short)
    return above
