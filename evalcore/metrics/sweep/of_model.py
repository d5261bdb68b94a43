"""The sweep of one model of an evaluation of two classes, whether its rows are known or only their counts."""

from __future__ import annotations

from evalcore.metrics.sweep.sweep import ThresholdSweep
from evalcore.predictions.binary import BinaryPredictions
from evalcore.predictions.counts import CountPredictions

__all__ = ["sweep_of"]


def sweep_of(predictions: BinaryPredictions | CountPredictions, model: str) -> ThresholdSweep:
    """Sweep one model, with the weights of the rows where they have some.

    Parameters
    ----------
    predictions : BinaryPredictions or CountPredictions
    model : str

    Returns
    -------
    ThresholdSweep

    Examples
    --------
    >>> import evalcore as ec
    >>> import pandas as pd
    >>> opened = ec.open_predictions(pd.DataFrame({"label": [0, 0, 1, 1], "prob": [0.1, 0.4, 0.35, 0.8]}))
    >>> sweep_of(opened.predictions, "prob").roc_auc
    0.75
    """
    if isinstance(predictions, CountPredictions):
        counts = predictions.model(model)
        return ThresholdSweep.from_counts(counts.scores, counts.positives, counts.negatives)
    return ThresholdSweep.from_scores(
        predictions.truth, predictions.model(model).values, weight=predictions.weights
    )
