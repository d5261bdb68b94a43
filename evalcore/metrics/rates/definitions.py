"""What each metric of a confusion matrix is, in words: for pickers, legends and hover texts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

__all__ = ["METRICS", "NEEDS", "REASONS", "SCORE_METRICS", "Metric"]


@dataclass(frozen=True)
class Metric:
    """What a metric of `Confusion` is.

    Parameters
    ----------
    name : str
        The property of `Confusion`.
    label : str
        The name as people see it.
    short : str
        What it says, in at most 60 characters.
    formula : str
        In TP, FP, FN, TN and the labels of other metrics.
    higher_is_better : bool or None
        None where neither is better.
    bounds : tuple of float
        Least and greatest possible value.
    """

    name: str
    label: str
    short: str
    formula: str
    higher_is_better: bool | None = True
    bounds: tuple[float, float] = (0.0, 1.0)


_SIGNED = (-1.0, 1.0)
_RATIO = (0.0, math.inf)

#: Every metric of one confusion matrix, by name, in the order in which to offer them.
METRICS: Mapping[str, Metric] = MappingProxyType(
    {
        each.name: each
        for each in (
            Metric("accuracy", "Accuracy", "share of all calls that are right", "(TP + TN) / all"),
            Metric("precision", "Precision", "share of positive calls that are right", "TP / (TP + FP)"),
            Metric("recall", "Recall", "share of actual positives that are caught", "TP / (TP + FN)"),
            Metric(
                "specificity",
                "Specificity",
                "share of actual negatives that are left alone",
                "TN / (TN + FP)",
            ),
            Metric(
                "false_positive_rate",
                "False positive rate",
                "share of actual negatives that are false alarms",
                "FP / (FP + TN)",
                False,
            ),
            Metric("f1", "F1", "balance of precision and recall", "2 TP / (2 TP + FP + FN)"),
            Metric(
                "balanced_accuracy",
                "Balanced accuracy",
                "mean of recall and specificity",
                "(Recall + Specificity) / 2",
            ),
            Metric(
                "matthews_corrcoef",
                "Matthews correlation",
                "correlation of calls and truth; 0 is chance",
                "(TP TN - FP FN) / √((TP + FP)(TP + FN)(TN + FP)(TN + FN))",
                bounds=_SIGNED,
            ),
            Metric(
                "predicted_positive_rate",
                "Called positive",
                "share of all cases that is called positive",
                "(TP + FP) / all",
                None,
            ),
            Metric(
                "prevalence",
                "Prevalence",
                "share of actual positives among all cases",
                "(TP + FN) / all",
                None,
            ),
            Metric(
                "false_negative_rate",
                "False negative rate",
                "share of actual positives that are missed",
                "FN / (FN + TP)",
                False,
            ),
            Metric(
                "negative_predictive_value",
                "Negative predictive value",
                "share of negative calls that are right",
                "TN / (TN + FN)",
            ),
            Metric(
                "false_discovery_rate",
                "False discovery rate",
                "share of positive calls that are false alarms",
                "FP / (FP + TP)",
                False,
            ),
            Metric(
                "false_omission_rate",
                "False omission rate",
                "share of negative calls that are missed positives",
                "FN / (FN + TN)",
                False,
            ),
            Metric(
                "youden_j",
                "Youden's J",
                "height above the diagonal of the ROC curve",
                "Recall + Specificity - 1",
                bounds=_SIGNED,
            ),
            Metric("g_mean", "G-mean", "geometric mean of recall and specificity", "√(Recall · Specificity)"),
            Metric(
                "threat_score",
                "Threat score",
                "caught among all that are caught, missed or false alarms",
                "TP / (TP + FP + FN)",
            ),
            Metric(
                "cohen_kappa",
                "Cohen's kappa",
                "agreement of calls and truth beyond chance",
                "2 (TP TN - FP FN) / ((TP + FP)(FP + TN) + (TP + FN)(FN + TN))",
                bounds=_SIGNED,
            ),
            Metric(
                "positive_likelihood_ratio",
                "Positive likelihood ratio",
                "how many times likelier a flag is for a positive",
                "Recall / False positive rate",
                bounds=_RATIO,
            ),
            Metric(
                "negative_likelihood_ratio",
                "Negative likelihood ratio",
                "how many times likelier no flag is for a positive",
                "False negative rate / Specificity",
                False,
                bounds=_RATIO,
            ),
            Metric(
                "diagnostic_odds_ratio",
                "Diagnostic odds ratio",
                "odds of a flag: positives against negatives",
                "TP TN / (FP FN)",
                bounds=_RATIO,
            ),
        )
    }
)

#: What is said of scores as a whole, whatever the threshold.
SCORE_METRICS: Mapping[str, Metric] = MappingProxyType(
    {
        each.name: each
        for each in (
            Metric(
                "roc_auc",
                "ROC AUC",
                "how often a positive scores above a negative",
                "share of pairs of a positive and a negative in which the positive scores higher; a tie counts half",
            ),
            Metric(
                "average_precision",
                "Average precision (AP)",
                "mean precision as recall grows",
                "Σ (Recall now - Recall before) · Precision now, from the highest score down",
            ),
            Metric(
                "brier_score",
                "Brier score",
                "mean squared distance of probability and truth",
                "mean of (probability - truth)², truth being 1 or 0",
                False,
            ),
            Metric(
                "log_loss",
                "Log loss",
                "surprise at the truth; sure and wrong costs most",
                "mean of -ln(probability of what is true)",
                False,
                bounds=_RATIO,
            ),
        )
    }
)

#: Why a metric is undefined: what is 0, most basic first, and how to say so.
REASONS: Mapping[str, str] = MappingProxyType(
    {
        "total": "there are no cases",
        "positives": "there are no actual positives",
        "negatives": "there are no actual negatives",
        "predicted_positives": "nothing is called positive",
        "predicted_negatives": "everything is called positive",
        "flagged_or_missed": "there are no actual positives and nothing is called positive",
        "tn": "there are no true negatives to divide by",
        "fp": "there are no false alarms to divide by",
        "fn": "there are no missed positives to divide by",
    }
)

_MARGINS = frozenset({"total", "positives", "negatives", "predicted_positives", "predicted_negatives"})
_CLASSES = frozenset({"total", "positives", "negatives"})

#: Which counts must not be 0 for a metric to be defined: keys of `REASONS`.
NEEDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "accuracy": frozenset({"total"}),
        "precision": frozenset({"total", "predicted_positives"}),
        "recall": frozenset({"total", "positives"}),
        "specificity": frozenset({"total", "negatives"}),
        "false_positive_rate": frozenset({"total", "negatives"}),
        "f1": frozenset({"total", "flagged_or_missed"}),
        "balanced_accuracy": _CLASSES,
        "matthews_corrcoef": _MARGINS,
        "predicted_positive_rate": frozenset({"total"}),
        "prevalence": frozenset({"total"}),
        "false_negative_rate": frozenset({"total", "positives"}),
        "negative_predictive_value": frozenset({"total", "predicted_negatives"}),
        "false_discovery_rate": frozenset({"total", "predicted_positives"}),
        "false_omission_rate": frozenset({"total", "predicted_negatives"}),
        "youden_j": _CLASSES,
        "g_mean": _CLASSES,
        "threat_score": frozenset({"total", "flagged_or_missed"}),
        # Undefined only where all cases share one cell: then one class has no cases.
        "cohen_kappa": _CLASSES,
        "positive_likelihood_ratio": _CLASSES | {"fp"},
        "negative_likelihood_ratio": _CLASSES | {"tn"},
        "diagnostic_odds_ratio": _CLASSES | {"fp", "fn"},
    }
)
