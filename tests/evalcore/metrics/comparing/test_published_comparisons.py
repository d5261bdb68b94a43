"""Comparisons that others published: pROC's aSAH example, and four survey-weighted models of a real study's shape.

data/asah.csv holds the outcome and three markers of 113 patients as pROC ships them (Turck et al., 2010, Intensive
Care Med. 36, 107-115, doi:10.1007/s00134-009-1641-y). The figures beside are those that pROC 1.18's own tests expect
(tests/testthat/test-roc.test.R), to all their digits.
"""

from __future__ import annotations

import math
import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm
from sklearn import metrics

import evalcore as ec

DATA = Path(__file__).parent / "data"
#: First marker, second, z, p, and the ends of the difference first less second.
PROC = [
    ("wfns", "s100b", 2.20898359144091, 0.0271757822291882, 0.0104061769564846, 0.174214419249478),
    ("wfns", "ndka", 2.79777591868904, 0.00514557970691098, 0.0634011709339876, 0.3600405634833566),
    ("ndka", "s100b", -1.39077002573558, 0.164295175223054, -0.2876917446341914, 0.0488706064228094),
]


@pytest.mark.parametrize(("first", "second", "z", "p", "low", "high"), PROC)
def test_paired_areas_are_procs(first: str, second: str, z: float, p: float, low: float, high: float) -> None:
    rows = pd.read_csv(DATA / "asah.csv")
    opened = ec.open_predictions(rows, truth="outcome", score=["wfns", "s100b", "ndka"], positive="Poor")
    found = ec.compare(opened.predictions, baseline=second).model(first).figures["roc_auc"]
    assert found.change_low == pytest.approx(low, abs=1e-12)
    assert found.change_high == pytest.approx(high, abs=1e-12)
    assert found.p == pytest.approx(p, abs=1e-12)
    assert math.copysign(norm.isf(found.p / 2), found.change) == pytest.approx(z, abs=1e-9)


def survey(n: int = 60) -> pd.DataFrame:
    """A few rows as that study has them: four models, scores of mixed digits, weights of thousands."""
    random = np.random.default_rng(42)
    truth = (random.random(n) < 0.3).astype(int)
    signal = random.normal(size=n) + truth

    def squashed(noise: float) -> np.ndarray:
        return 1 / (1 + np.exp(-(signal + noise * random.normal(size=n) - 0.6)))

    return pd.DataFrame(
        {
            "y_true": truth,
            "lr_proba": squashed(0.4),
            "xgb_proba": squashed(0.8).astype(np.float32).astype(float).round(7),
            "rf_proba": squashed(0.7),
            "et_proba": squashed(0.5),
            "test_weight": random.uniform(4852, 170312, n),
        }
    )


WILD = Path(os.environ.get("WILD", "nowhere")) / "42_nhanes_onset_multimodel_weights.csv"


@pytest.mark.parametrize("source", ["few rows", pytest.param("the file", marks=pytest.mark.skipif(
    not WILD.is_file(), reason="WILD=folder says where the real file is"))])  # fmt: skip
@pytest.mark.parametrize("weighted", [True, False])
def test_survey_weighted_models_are_scikit_learns(source: str, weighted: bool) -> None:
    rows = survey() if source == "few rows" else pd.read_csv(WILD).drop(columns="best_prediction")
    weight = rows["test_weight"].to_numpy() if weighted else None
    if not weighted:
        rows = rows.drop(columns="test_weight")
    scores = ["lr_proba", "xgb_proba", "rf_proba", "et_proba"]
    roles = ec.Roles(
        truth="y_true", scores=tuple(scores), positive="1", weight="test_weight" if weighted else None
    )
    opened = ec.open_predictions(rows, roles=roles)
    found = ec.compare(opened.predictions)
    truth = rows["y_true"]
    for name, column in zip(opened.models, scores, strict=True):
        said, called = rows[column], rows[column] >= 0.5
        expected = {
            "roc_auc": metrics.roc_auc_score(truth, said, sample_weight=weight),
            "average_precision": metrics.average_precision_score(truth, said, sample_weight=weight),
            "brier_score": metrics.brier_score_loss(truth, said, sample_weight=weight),
            "log_loss": metrics.log_loss(truth, said, sample_weight=weight),
            "recall": metrics.recall_score(truth, called, sample_weight=weight),
            "precision": metrics.precision_score(truth, called, sample_weight=weight),
            "specificity": metrics.recall_score(truth, called, sample_weight=weight, pos_label=0),
            "accuracy": metrics.accuracy_score(truth, called, sample_weight=weight),
            "f1": metrics.f1_score(truth, called, sample_weight=weight),
            "matthews_corrcoef": metrics.matthews_corrcoef(truth, called, sample_weight=weight),
        }
        for metric, value in expected.items():
            assert found.model(name).figures[metric].value == pytest.approx(value, abs=1e-6), (name, metric)
    if source == "the file":
        published = PUBLISHED_WEIGHTED if weighted else PUBLISHED
        for name, figures in zip(opened.models, published, strict=True):
            told = found.model(name).figures
            ours = [told[metric].value for metric in ("roc_auc", "average_precision", "brier_score")]
            assert ours == pytest.approx(figures, abs=1e-6)


#: ROC AUC, average precision and Brier score of the four models, as the manifest beside the file has them.
PUBLISHED_WEIGHTED = [
    (0.826661, 0.680232, 0.177625),
    (0.785116, 0.630603, 0.180545),
    (0.792124, 0.614890, 0.182891),
    (0.808614, 0.638981, 0.184723),
]
PUBLISHED = [
    (0.815546, 0.631536, 0.182262),
    (0.784330, 0.565361, 0.176540),
    (0.799191, 0.569152, 0.177201),
    (0.816293, 0.609935, 0.182165),
]
