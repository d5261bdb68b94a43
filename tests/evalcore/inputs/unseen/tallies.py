"""Unseen layouts of counts and histories, and of tables that are no predictions."""

from __future__ import annotations

import io
import json

import numpy as np
import pandas as pd

from tests.evalcore.inputs.published.simulated import again, csv, rng_of, two, words
from tests.evalcore.inputs.unseen.layouts import no_predictions, right, text, unseen
from tests.recognition import Case


@unseen
def studies_of_a_review() -> Case:
    """A meta-analysis of tests: one study a line, its four counts and its year."""
    table = {
        "Study": ["Ito 2004", "Berg 2009", "Khan 2011", "Ortiz 2016"],
        "Year": [2004, 2009, 2011, 2016],
        "TP": [47, 61, 22, 90],
        "FP": [5, 12, 3, 20],
        "FN": [9, 7, 6, 14],
        "TN": [139, 220, 88, 305],
    }
    counts = zip(table["TP"], table["FP"], table["FN"], table["TN"], strict=True)
    figures = [(tp + tn) / (tp + fp + fn + tn) for tp, fp, fn, tn in counts]
    return right("counts", figures, csv("studies.csv", table))


@unseen
def fourfold_table_with_totals() -> Case:
    """A workbook's fourfold table of a test against a disease, with totals on both sides."""
    rows = [
        ["", "Disease present", "Disease absent", "Total"],
        ["Test positive", 86, 23, 109],
        ["Test negative", 14, 377, 391],
        ["Total", 100, 400, 500],
    ]
    buffer = io.BytesIO()
    pd.DataFrame(rows).to_excel(buffer, index=False, header=False)
    return right("counts", [463 / 500, 0.86 / 2 + 377 / 800], ("table2.xlsx", buffer.getvalue()))


@unseen
def crosstab_with_margins() -> Case:
    """pandas' crosstab with margins: true labels down, predicted ones across, and All."""
    rng = rng_of(1301)
    cells = rng.integers(2, 9, (3, 3)) + 40 * np.eye(3, dtype=int)
    names = ["setosa", "versicolor", "virginica"]
    frame = pd.DataFrame(cells, index=names, columns=names)
    frame["All"] = frame.sum(axis=1)
    frame.loc["All"] = frame.sum()
    frame.index.name = "True"
    return right("multiclass", [np.trace(cells) / cells.sum()], csv("crosstab.csv", frame, index=True))


@unseen
def counts_at_thresholds() -> Case:
    """Counts at every threshold of one model, as a monitoring tool writes them."""
    y, p = two(1302)
    cuts = np.linspace(0.1, 0.9, 9).round(1)
    table = {
        "threshold": cuts,
        "tp": [int(((p >= c) & (y == 1)).sum()) for c in cuts],
        "fp": [int(((p >= c) & (y == 0)).sum()) for c in cuts],
        "tn": [int(((p < c) & (y == 0)).sum()) for c in cuts],
        "fn": [int(((p < c) & (y == 1)).sum()) for c in cuts],
    }
    return right("counts", [float(((p >= 0.5) == y).mean())], csv("threshold_counts.csv", table))


@unseen
def ultralytics_results() -> Case:
    """Ultralytics' results.csv of a classifier: padded headers, losses, accuracies, rates of learning."""
    rng = rng_of(1303)
    heads = ["epoch", "train/loss", "metrics/accuracy_top1", "metrics/accuracy_top5", "val/loss", "lr/pg0"]
    lines, top = [",".join(f"{head:>23}" for head in heads)], []
    for epoch in range(20):
        top.append(round(0.93 - 0.5 / (epoch + 1) + 0.01 * rng.random(), 5))
        loss = 2.2 / (epoch + 1) + 0.02 * rng.random()
        values = (2 / (epoch + 1), top[-1], 0.99, loss, 0.01 - epoch * 0.0004)
        lines.append(",".join([f"{epoch + 1:23d}", *(f"{value:23.5f}" for value in values)]))
    return right("history", [max(top)], text("results.csv", lines))


@unseen
def fastai_recorder() -> Case:
    """fastai's CSVLogger: the time of each epoch stands as minutes and seconds."""
    rng = rng_of(1304)
    error = (0.4 / np.arange(1, 11) + 0.02 * rng.random(10)).round(6)
    table = {
        "epoch": range(10),
        "train_loss": (1.5 / np.arange(1, 11)).round(6),
        "valid_loss": (1.2 / np.arange(1, 11) + 0.1).round(6),
        "error_rate": error,
        "accuracy": 1 - error,
        "time": [f"00:{11 + i}" for i in range(10)],
    }
    return right("history", [float((1 - error).max())], csv("history.csv", table))


@unseen
def boosting_rounds() -> Case:
    """LightGBM's evals_result: data sets, then metrics, then a value for each round."""
    rng = rng_of(1305)
    train = (0.99 - 0.4 / np.arange(1, 51)).round(6)
    valid = (0.91 - 0.3 / np.arange(1, 51) + 0.004 * rng.random(50)).round(6)
    document = {"training": {"auc": train.tolist()}, "valid_1": {"auc": valid.tolist()}}
    return right("history", [float(valid.max())], ("evals_result.json", json.dumps(document).encode()))


@unseen
def autogluon_leaderboard() -> Case:
    """AutoGluon's leaderboard: a model a line, its scores and times."""
    rng = rng_of(1306)
    names = ["WeightedEnsemble_L2", "LightGBM", "CatBoost", "XGBoost", "RandomForestGini", "KNeighborsUnif"]
    table = {
        "model": names,
        "score_test": np.sort(rng.uniform(0.7, 0.9, 6))[::-1].round(6),
        "score_val": np.sort(rng.uniform(0.7, 0.9, 6))[::-1].round(6),
        "eval_metric": "accuracy",
        "pred_time_test": rng.random(6).round(6),
        "fit_time": rng.uniform(1, 90, 6).round(4),
        "stack_level": [2, 1, 1, 1, 1, 1],
        "can_infer": True,
        "fit_order": range(6, 0, -1),
    }
    return no_predictions(csv("leaderboard.csv", table))


@unseen
def optuna_trials() -> Case:
    """Optuna's trials: what was tried and what came of it."""
    rng = rng_of(1307)
    n = 60
    table = {
        "number": range(n),
        "value": rng.uniform(0.6, 0.9, n).round(6),
        "datetime_start": pd.date_range("2024-05-01", periods=n, freq="3min").astype(str),
        "duration": "0 days 00:02:51",
        "params_learning_rate": (10 ** rng.uniform(-4, -1, n)).round(7),
        "params_max_depth": rng.integers(2, 12, n),
        "params_booster": rng.choice(["gbtree", "dart"], n),
        "state": rng.choice(["COMPLETE", "PRUNED"], n, p=[0.8, 0.2]),
    }
    return no_predictions(csv("trials.csv", table))


@unseen
def feature_importances() -> Case:
    """A feature a line with its importance, spread and p value."""
    rng = rng_of(1308)
    table = {
        "feature": [f"f_{i}" for i in range(25)],
        "importance": np.sort(rng.exponential(0.03, 25))[::-1].round(6),
        "stddev": rng.random(25).round(4) / 50,
        "p_value": rng.random(25).round(6),
        "n": 5,
    }
    return no_predictions(csv("importance.csv", table))


@unseen
def station_of_weather() -> Case:
    """Measurements of a weather station, with humidity within 0 to 1 and a flag of rain."""
    rng = rng_of(1309)
    n = 240
    table = {
        "timestamp": pd.date_range("2024-01-01", periods=n, freq="h").astype(str),
        "temperature_c": rng.normal(9, 5, n).round(1),
        "humidity": rng.uniform(0.3, 1, n).round(2),
        "pressure_hpa": rng.normal(1013, 8, n).round(1),
        "wind_ms": rng.gamma(2, 2, n).round(1),
        "rain": rng.integers(0, 2, n),
    }
    return no_predictions(csv("station.csv", table))


@unseen
def people_of_a_company() -> Case:
    """A human resources table with a flag of who left, ratings and hours; no model anywhere."""
    rng = rng_of(1310)
    n = 200
    table = {
        "employee_id": range(2000, 2000 + n),
        "department": rng.choice(["Sales", "HR", "R&D"], n),
        "satisfaction_level": rng.random(n).round(2),
        "last_evaluation": rng.random(n).round(2),
        "number_project": rng.integers(2, 8, n),
        "average_monthly_hours": rng.integers(96, 310, n),
        "salary": rng.choice(["low", "medium", "high"], n),
        "left": rng.integers(0, 2, n),
    }
    return no_predictions(csv("hr.csv", table))


@unseen
def correlations_of_features() -> Case:
    """A square table of correlations is no confusion matrix."""
    rng = rng_of(1311)
    names = ["age", "bmi", "glucose", "insulin", "outcome"]
    frame = pd.DataFrame(np.corrcoef(rng.normal(size=(5, 90))).round(4), index=names, columns=names)
    return no_predictions(csv("corr.csv", frame, index=True))


@unseen
def report_of_classes_as_document() -> Case:
    """scikit-learn's classification_report as a document: finished figures without cases."""
    document = {
        "ham": {"precision": 0.98, "recall": 0.99, "f1-score": 0.985, "support": 966.0},
        "spam": {"precision": 0.95, "recall": 0.9, "f1-score": 0.924, "support": 149.0},
        "accuracy": 0.978,
        "macro avg": {"precision": 0.965, "recall": 0.945, "f1-score": 0.955, "support": 1115.0},
        "weighted avg": {"precision": 0.976, "recall": 0.978, "f1-score": 0.977, "support": 1115.0},
    }
    return no_predictions(("report.json", json.dumps(document).encode()))


@unseen
def credit_score_that_is_high_for_good() -> Case:
    """A credit score of 300 to 850 and who defaulted: low for the positive class, so one may ask."""
    y, p = two(1312, prevalence=0.2)
    table = {
        "account": range(y.size),
        "credit_score": (850 - 550 * p).round().astype(int),
        "defaulted": words(y, "N", "Y"),
        "limit": rng_of(1312).integers(1, 30, y.size) * 500,
    }
    return Case("", (csv("accounts.csv", table),), "ask", None, ())


@unseen
def two_annotators_without_a_truth() -> Case:
    """Two annotators' labels, neither of them called true: which is the reference must be asked."""
    y, _ = two(1313)
    other = (again(1314, y) > 0.5).astype(int)
    table = {
        "comment_id": range(y.size),
        "annotator_1": words(y, "ok", "toxic"),
        "annotator_2": words(other, "ok", "toxic"),
    }
    return Case("", (csv("annotators.csv", table),), "ask", None, ())
