"""The words of a goal: which measure of an operating point a name means, and how it is spelt."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from evalcore.metrics.rates.confusion import Confusion, Value
from evalcore.metrics.rates.definitions import METRICS

__all__ = ["ALIASES", "MEASURES", "Measure", "find_measure", "nearest_word"]


@dataclass(frozen=True)
class Measure:
    """Something of an operating point that a goal can speak of.

    Parameters
    ----------
    name : str
        The property of `Confusion`, or ``"fbeta"``, ``"cost"``, ``"net_benefit"``.
    label : str
        As people read it.
    kind : str
        ``"rate"`` (a number that may be given in percent), ``"count"`` (of cases) or ``"value"`` (any unit).
    higher_is_better : bool or None
        None where neither is better.
    bounds : tuple of float
        Least and greatest possible value.
    parameter : bool
        Whether a number in brackets belongs to it, as in ``fbeta(2)``.
    """

    name: str
    label: str
    kind: str
    higher_is_better: bool | None
    bounds: tuple[float, float]
    parameter: bool = False

    def of(self, points: Confusion, parameter: float | None = None) -> Value:
        """Return the measure of one operating point, or of an array of them; nan where it is undefined.

        Examples
        --------
        >>> MEASURES["recall"].of(Confusion(90, 4, 2, 4))
        0.6666666666666666
        """
        if self.name == "fbeta":
            return points.fbeta(1.0 if parameter is None else parameter)
        return getattr(points, self.name)


_ANY = (-float("inf"), float("inf"))
_COUNT = (0.0, float("inf"))
_UNIT_FREE = ("positive_likelihood_ratio", "negative_likelihood_ratio", "diagnostic_odds_ratio")

#: Every measure by its name: scikit-learn's where it has one.
MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        **{
            name: Measure(
                name,
                metric.label,
                "value" if name in _UNIT_FREE else "rate",
                metric.higher_is_better,
                metric.bounds,
            )
            for name, metric in METRICS.items()
        },
        "fbeta": Measure("fbeta", "F-beta", "rate", True, (0.0, 1.0), parameter=True),
        "predicted_positives": Measure("predicted_positives", "Flagged", "count", None, _COUNT),
        "predicted_negatives": Measure("predicted_negatives", "Not flagged", "count", None, _COUNT),
        "tp": Measure("tp", "Caught", "count", True, _COUNT),
        "fp": Measure("fp", "False alarms", "count", False, _COUNT),
        "fn": Measure("fn", "Missed", "count", False, _COUNT),
        "tn": Measure("tn", "Left alone", "count", True, _COUNT),
        "cost": Measure("cost", "Cost", "value", False, _ANY),
        "net_benefit": Measure("net_benefit", "Net benefit", "value", True, _ANY, parameter=True),
    }
)

#: What else people call them; blanks, underscores and hyphens are one.
ALIASES: Mapping[str, str] = MappingProxyType(
    {
        "acc": "accuracy",
        "correct": "accuracy",
        "ppv": "precision",
        "positive predictive value": "precision",
        "sens": "recall",
        "sensitivity": "recall",
        "caught share": "recall",
        "tpr": "recall",
        "true positive rate": "recall",
        "hit rate": "recall",
        "spec": "specificity",
        "selectivity": "specificity",
        "tnr": "specificity",
        "true negative rate": "specificity",
        "fpr": "false_positive_rate",
        "false alarm rate": "false_positive_rate",
        "fall out": "false_positive_rate",
        "fnr": "false_negative_rate",
        "miss rate": "false_negative_rate",
        "npv": "negative_predictive_value",
        "fdr": "false_discovery_rate",
        "for": "false_omission_rate",
        "f1 score": "f1",
        "f score": "f1",
        "f measure": "f1",
        "dice": "f1",
        "f beta": "fbeta",
        "f": "fbeta",
        "mcc": "matthews_corrcoef",
        "phi": "matthews_corrcoef",
        "matthews": "matthews_corrcoef",
        "kappa": "cohen_kappa",
        "youden": "youden_j",
        "youden index": "youden_j",
        "true skill statistic": "youden_j",
        "tss": "youden_j",
        "bookmaker informedness": "youden_j",
        "j": "youden_j",
        "informedness": "youden_j",
        "bacc": "balanced_accuracy",
        "ba": "balanced_accuracy",
        "gmean": "g_mean",
        "jaccard": "threat_score",
        "iou": "threat_score",
        "csi": "threat_score",
        "critical success index": "threat_score",
        "lr+": "positive_likelihood_ratio",
        "lr-": "negative_likelihood_ratio",
        "dor": "diagnostic_odds_ratio",
        "flagged share": "predicted_positive_rate",
        "selection rate": "predicted_positive_rate",
        "flagged": "predicted_positives",
        "alerts": "predicted_positives",
        "alarms": "predicted_positives",
        "called": "predicted_positives",
        "unflagged": "predicted_negatives",
        "not flagged": "predicted_negatives",
        "caught": "tp",
        "hits": "tp",
        "true positives": "tp",
        "false alarms": "fp",
        "false positives": "fp",
        "missed": "fn",
        "misses": "fn",
        "false negatives": "fn",
        "left alone": "tn",
        "true negatives": "tn",
        "costs": "cost",
        "benefit": "net_benefit",
    }
)


def _plain(word: str) -> str:
    said = word.strip().lower().replace("'s", "").replace("’s", "")
    return said if said == "lr-" else re.sub(r"[\s_-]+", " ", said)


_NAMES = MappingProxyType({**ALIASES, **{_plain(name): name for name in MEASURES}})


def find_measure(word: str) -> Measure | None:
    """Return the measure that a word means, or None.

    Examples
    --------
    >>> find_measure("Sensitivity").name, find_measure("false-alarm rate").name, find_measure("beauty")
    ('recall', 'false_positive_rate', None)
    """
    name = _NAMES.get(_plain(word))
    return None if name is None else MEASURES[name]


def nearest_word(word: str) -> str:
    """Return the known word that looks most like this one; empty where none does.

    Examples
    --------
    >>> nearest_word("recal"), nearest_word("xyzzy")
    ('recall', '')
    """
    found = difflib.get_close_matches(_plain(word), list(_NAMES), n=1, cutoff=0.7)
    return found[0] if found else ""
