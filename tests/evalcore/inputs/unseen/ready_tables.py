"""Unseen layouts of ready-made figures, and of tables that are no predictions."""

from __future__ import annotations

import json

import numpy as np

from tests.evalcore.inputs.published.simulated import csv, rng_of, two, words
from tests.evalcore.inputs.unseen.layouts import no_predictions, right, text, unseen
from tests.recognition import Case


@unseen
def caret_table_as_a_frame() -> Case:
    """R's `as.data.frame(cm$table)`: prediction before reference, and a frequency."""
    table = {
        "Prediction": ["no", "yes", "no", "yes"],
        "Reference": ["no", "no", "yes", "yes"],
        "Freq": [812, 44, 31, 113],
    }
    return right("counts", [925 / 1000], csv("cm.csv", table))


@unseen
def matrix_as_nested_document() -> Case:
    """A confusion matrix as a document of documents: actual, then predicted."""
    cells = {
        "cat": {"cat": 50, "dog": 3, "fox": 2},
        "dog": {"cat": 4, "dog": 61, "fox": 5},
        "fox": {"cat": 1, "dog": 6, "fox": 38},
    }
    return right("multiclass", [149 / 170], ("confusion_matrix.json", json.dumps(cells).encode()))


@unseen
def points_of_a_roc_curve() -> Case:
    """The points of a curve alone: no counts can be had from them."""
    y, p = two(918)
    cuts = np.sort(np.unique(p))[::-6]
    table = {
        "fpr": [(p[y == 0] >= each).mean() for each in cuts],
        "tpr": [(p[y == 1] >= each).mean() for each in cuts],
        "threshold": cuts,
    }
    return no_predictions(csv("roc_curve.csv", table))


@unseen
def lightning_metrics() -> Case:
    """Lightning's CSV logger: training and validation on lines of their own."""
    rng = rng_of(919)
    lines, accuracies = ["epoch,step,train_loss,val_acc,val_loss"], []
    for epoch in range(12):
        lines.append(f"{epoch},{50 * epoch + 49},{1.2 / (epoch + 1) + 0.05 * rng.random():.5f},,")
        accuracies.append(round(0.9 - 0.4 / (epoch + 1) + 0.01 * rng.random(), 5))
        lines.append(
            f"{epoch},{50 * epoch + 49},,{accuracies[-1]},{1.3 / (epoch + 1) + 0.05 * rng.random():.5f}"
        )
    return right("history", [max(accuracies)], text("metrics.csv", lines))


@unseen
def tensorboard_scalars() -> Case:
    """A chart that TensorBoard exports."""
    rng = rng_of(920)
    values = (0.95 - 0.5 / np.arange(1, 41) + 0.005 * rng.random(40)).round(6)
    table = {"Wall time": 1.7e9 + 12.5 * np.arange(40), "Step": np.arange(0, 4000, 100), "Value": values}
    return right("history", [values.max()], csv("run-train-tag-epoch_accuracy.csv", table))


@unseen
def shap_values() -> Case:
    """What each feature contributed: neither truth nor prediction."""
    rng = rng_of(921)
    table = {
        f"shap_{name}": rng.normal(0, 0.2, 90).round(5) for name in ("age", "income", "tenure", "region")
    }
    return no_predictions(csv("shap.csv", table))


@unseen
def clusters() -> Case:
    """A clustering: coordinates and a number of the cluster."""
    rng = rng_of(922)
    table = {
        "x": rng.normal(size=150).round(4),
        "y": rng.normal(size=150).round(4),
        "cluster": rng.integers(0, 4, 150),
    }
    return no_predictions(csv("clusters.csv", table))


@unseen
def experiment_of_two_groups() -> Case:
    """A trial of two pages: who saw which, and who bought."""
    rng = rng_of(923)
    table = {
        "user_id": range(400),
        "group": words(rng.random(400) < 0.5, "control", "treatment"),
        "converted": (rng.random(400) < 0.12).astype(int),
        "revenue": rng.exponential(20, 400).round(2),
    }
    return no_predictions(csv("ab_test.csv", table))


@unseen
def overlap_of_segmentations() -> Case:
    """Finished figures, one image a row."""
    rng = rng_of(924)
    dice = rng.uniform(0.6, 0.95, 60)
    table = {
        "image": [f"scan_{i:03d}.nii.gz" for i in range(60)],
        "dice": dice.round(4),
        "iou": (dice / (2 - dice)).round(4),
        "hd95": rng.uniform(1, 9, 60).round(3),
    }
    return no_predictions(csv("segmentation_metrics.csv", table))
