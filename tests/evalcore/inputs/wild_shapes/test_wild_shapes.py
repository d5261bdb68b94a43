"""One test for each shape in which prediction files were found, with no option given.

The values as written are read a second time by Python's own csv module, and the figures are scikit-learn's.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from tests.evalcore.inputs.wild_shapes.shapes import (
    DATA,
    Shape,
    cells,
    decided,
    described,
    numbers,
    of_classes,
    probable,
    ranked,
)


def hard_score() -> Shape:
    """A column called score that is a decision, as 0.0 and 1.0."""
    (name,) = files = ("02_hard_score.csv",)
    found = cells(name)
    return Shape(
        files,
        "binary",
        {
            "truth": "label_value",
            "predicted_label": "score",
            "id": "entity_id",
            "groups": ["race", "sex", "age_cat"],
        },
        "1",
        figures={"score": decided(numbers(found["label_value"]), numbers(found["score"]))},
    )


def pairs_with_ties() -> Shape:
    """Two complementary pairs x and x_outcome; a tie is 0.5 in the truth and is left out."""
    (name,) = files = ("05_pairs_with_ties.csv",)
    found = cells(name)
    truth, score = numbers(found["prob1_outcome"]), numbers(found["prob1"])
    kept = truth != 0.5
    assert (~kept).sum() == 2
    truth, score = truth[kept], score[kept]
    return Shape(
        files,
        "binary",
        {"truth": "prob1_outcome", "scores": ["prob1"], "groups": ["season", "team1", "team2"]},
        "1",
        figures={"prob1": {**probable(truth, score), **decided(truth, score >= 0.5), "n": int(kept.sum())}},
        said="0.5",
    )


def one_hot_truth() -> Shape:
    """Three outcomes, each a column of 0 and 1 beside its probability."""
    (name,) = files = ("06_three_way_one_hot.csv",)
    found = cells(name)
    sides = ["prob1", "probtie", "prob2"]
    truth = np.column_stack([numbers(found[f"{side}_outcome"]) for side in sides]).argmax(axis=1)
    scores = np.column_stack([numbers(found[side]) for side in sides])
    return Shape(
        files,
        "multiclass",
        {"truth": ",".join(f"{side}_outcome" for side in sides), "scores": sides},
        figures={"": of_classes(truth, scores)},
    )


def only_predictions() -> Shape:
    """Called gold_label, and all there is: nothing to compare it with."""
    return Shape(("09_only_predictions.txt",), refused='one column of classes ("gold_label")')


def class_named_columns() -> Shape:
    """The classes' names are the columns' names, and the first is the event: that is asked."""
    (name,) = files = ("11_class_named_columns.csv",)
    found = cells(name)
    truth = np.array([each == "Class1" for each in found["truth"]], dtype=int)
    score = numbers(found["Class1"])
    called = np.array([each == "Class1" for each in found["predicted"]], dtype=int)
    return Shape(
        files,
        "binary",
        {"truth": "truth", "scores": ["Class1", "Class2"], "predicted_label": "predicted", "id": "rownames"},
        "Class1",
        asked=("positive",),
        figures={"Class1": {**probable(truth, score), **decided(truth, called)}},
    )


def folds_of_classes() -> Shape:
    """Probability columns called by one or two letters, folds called Resample."""
    (name,) = files = ("12_folds_of_classes.csv",)
    found = cells(name)
    classes = ["VF", "F", "M", "L"]
    truth = [classes.index(each) for each in found["obs"]]
    scores = np.column_stack([numbers(found[each]) for each in classes])
    return Shape(
        files,
        "multiclass",
        {"truth": "obs", "predicted_label": "pred", "scores": classes, "fold": "Resample", "id": "rownames"},
        figures={"": {**of_classes(truth, scores), "classes": classes}},
    )


def two_readings() -> Shape:
    """Neither name says truth or prediction, and the positive class is the alphabetically first."""
    (name,) = files = ("13_two_readings.csv",)
    found = cells(name)
    truth, called = ([each == "abnorm" for each in found[column]] for column in ("pathology", "scan"))
    return Shape(
        files,
        "binary",
        {"truth": "pathology", "predicted_label": "scan", "id": "rownames"},
        "abnorm",
        asked=("truth",),
        figures={"scan": decided(truth, called)},
    )


def numbered_class_columns() -> Shape:
    """prob_class_0 to _2 for CN, LMCI and AD; the predicted labels are not everywhere the highest."""
    (name,) = files = ("15_numbered_class_columns.tsv",)
    found = cells(name, delimiter="\t")
    classes = ["CN", "LMCI", "AD"]
    truth = [classes.index(each) for each in found["true_label"]]
    scores = np.column_stack([numbers(found[f"prob_class_{place}"]) for place in range(3)])
    called = [classes.index(each) for each in found["predicted_label"]]
    assert (scores.argmax(axis=1) != called).sum() == 3
    return Shape(
        files,
        "multiclass",
        {
            "truth": "true_label",
            "predicted_label": "predicted_label",
            "scores": [f"prob_class_{place}" for place in range(3)],
        },
        figures={
            "prob_class": {**of_classes(truth, scores), "classes": classes},
            "predicted_label": {**decided(truth, called, average="macro"), "classes": classes},
        },
        said="3 rows",
    )


def epochs_and_folds_long() -> Shape:
    """Every subject comes several times: the best epoch is taken, its folds are kept apart, and it is asked."""
    (name,) = files = ("17_epochs_and_folds_long.csv",)
    found = cells(name)
    truth, score = numbers(found["label"]), numbers(found["model_output"])
    figures = {}
    for fold in ("0", "1"):
        mine = [
            epoch == "best_validation_epoch" and each == fold
            for epoch, each in zip(found["epoch"], found["cross_validation_split_index"], strict=True)
        ]
        figures[f"fold {fold}"] = {
            **probable(truth[mine], score[mine]),
            **decided(truth[mine], score[mine] >= 0.5),
        }
    return Shape(
        files,
        "binary",
        {
            "truth": "label",
            "scores": ["model_output"],
            "fold": "cross_validation_split_index",
            "split": "data_split",
            "id": "subject",
            "epoch": "epoch=best_validation_epoch",
        },
        "1",
        asked=("epoch",),
        figures=figures,
        said='only the rows where "epoch" is "best_validation_epoch"',
    )


def quoted_labels() -> Shape:
    """Every number in quotes; pairs of columns for each label."""
    (name,) = files = ("20_quoted_labels_fold_3.csv",)
    found = cells(name)
    truths = ["label_aneurysm", *(f"loc_label_{place}" for place in range(4))]
    scores = ["aneurysm_prob", *(f"loc_prob_{place}" for place in range(4))]
    labels = [
        {**probable(numbers(found[truth]), numbers(found[score])),
         **decided(numbers(found[truth]), numbers(found[score]) >= 0.5)}
        for truth, score in zip(truths, scores, strict=True)
    ]  # fmt: skip
    return Shape(
        files,
        "multilabel",
        {"truth": ",".join(truths), "scores": scores, "id": "SeriesInstanceUID"},
        figures={
            "": {
                "roc_auc_macro": float(np.mean([each["roc_auc"] for each in labels])),
                "average_precision_macro": float(np.mean([each["average_precision"] for each in labels])),
                "labels": labels,
            }
        },
    )


def moods() -> Shape:
    """Bare numbers, one in a line, in two files, and a map of their names; joined by order."""
    files = ("34a_mood_pred.txt", "34b_mood_truth.txt", "34c_mood_mapping.txt")
    called, truth = ([int(each) for each in cells(name, header=False)["0"]] for name in files[:2])
    return Shape(
        files,
        "multiclass",
        {"truth": "label_true", "predicted_label": "label_pred"},
        figures={
            "": {
                **decided(truth, called, average="macro"),
                "n": 50,
                "classes": ["calm", "cross", "glad", "sad"],
            }
        },
        said="50 rows each",
    )


def leaderboard() -> Shape:
    """Finished figures, one row for each model."""
    return Shape(("36_leaderboard.csv",), refused="a table of finished metrics")


def anomaly_scores() -> Shape:
    """Low scores and -1 mean the positive class; both were turned, and both are asked."""
    (name,) = files = ("38_anomaly_scores.csv",)
    found = cells(name)
    truth, score = numbers(found["Class"]), numbers(found["AnomalyScore"])
    called = numbers(found["AnomalyPrediction"]) == -1
    return Shape(
        files,
        "binary",
        {"truth": "Class", "scores": ["AnomalyScore"], "predicted_label": "AnomalyPrediction"},
        "1",
        asked=("predicted_label", "scores"),
        figures={"AnomalyScore": {**ranked(truth, -score), **decided(truth, called)}},
    )


def models_and_weights() -> Shape:
    """Four models side by side, weights, and decisions of one of the models; the weight is asked."""
    (name,) = files = ("42_models_and_weights.csv",)
    found = cells(name)
    truth, weight = numbers(found["y_true"]), numbers(found["test_weight"])
    models = [f"{each}_proba" for each in ("lr", "xgb", "rf", "et")]

    def both(model: str) -> dict[str, Any]:
        score = numbers(found[model])
        weighted = {**probable(truth, score, weight), **decided(truth, score >= 0.5, weight)}
        return {**weighted, "unweighted": {**probable(truth, score), **decided(truth, score >= 0.5)}}

    return Shape(
        files,
        "binary",
        {"truth": "y_true", "scores": models, "predicted_label": "best_prediction", "weight": "test_weight"},
        "1",
        asked=("weight",),
        figures={model: both(model) for model in models},
    )


def no_header_no_truth() -> Shape:
    """Two columns of probabilities, and that is all: the distribution is told, and what is missing."""
    (name,) = files = ("44_test_results_noheader.tsv",)
    score = numbers(cells(name, delimiter="\t", header=False)["1"])
    return Shape(
        files,
        "scores",
        figures={"column_2": {"n": 30, "flagged_share": float((score >= 0.5).mean())}},
        refused="no truth column",
    )


def semicolons() -> Shape:
    """A truth of 3.0 and a prediction of 3, semicolons, CRLF, and image paths."""
    (name,) = files = ("48_sequence_semicolon.csv",)
    found = cells(name, delimiter=";")
    truth = [int(float(each)) for each in found["true"]]
    called = [int(each) for each in found["pred"]]
    return Shape(
        files,
        "multiclass",
        {"truth": "true", "predicted_label": "pred", "image": "name"},
        figures={"pred": decided(truth, called, average="macro")},
    )


def submission() -> Shape:
    """The same header in both files: the prediction carries the target's name."""
    files = ("50a_my_submission.csv", "50b_passengers_truth.csv")
    said, true = (cells(name) for name in files)
    assert said["PassengerId"] == true["PassengerId"]
    return Shape(
        files,
        "binary",
        {"truth": "Survived_true", "predicted_label": "Survived_pred", "id": "PassengerId"},
        "1",
        figures={"Survived_pred": decided(numbers(true["Survived"]), numbers(said["Survived"]))},
        said='joined by "PassengerId"',
    )


def regression() -> Shape:
    """Numbers that a regression predicted."""
    return Shape(("52_regression.csv",), refused="a regression")


def houses() -> Shape:
    """The truth comes in a file of its own, and the file's own rule is 0.8."""
    files = ("59a_houses_analysis.csv", "59b_houses_analysis_gt.csv")
    said, true = (cells(name) for name in files)
    assert said["id"] == true["id"]
    truth, score = numbers(true["clf_target"]), numbers(said["y_pred_proba"])
    called = numbers(said["y_pred"])
    assert ((score >= 0.8) == called).all()
    return Shape(
        files,
        "binary",
        {"truth": "clf_target", "scores": ["y_pred_proba"], "predicted_label": "y_pred", "id": "id"},
        "1",
        figures={"y_pred_proba": {**probable(truth, score), **decided(truth, called), "threshold": 0.8}},
    )


def weighted_matrix() -> Shape:
    """A confusion matrix with fractions in its cells; the actual classes are in a column without a name."""
    (name,) = files = ("61_weighted_matrix.csv",)
    found = cells(name)
    counts = np.column_stack([numbers(found[f"Predicted_{each}"]) for each in ("Childhood", "Adult")])
    figures = decided([0, 0, 1, 1], [0, 1, 0, 1], counts.ravel())
    return Shape(files, "counts", {}, "Adult", asked=("positive",), figures={"": figures})


SHAPES = [
    hard_score, pairs_with_ties, one_hot_truth, only_predictions, class_named_columns, folds_of_classes,
    two_readings, numbered_class_columns, epochs_and_folds_long, quoted_labels, moods, leaderboard,
    anomaly_scores, models_and_weights, no_header_no_truth, semicolons, submission, regression, houses,
    weighted_matrix,
]  # fmt: skip


def agree(told: dict[str, Any], expected: dict[str, Any]) -> None:
    for name, value in expected.items():
        if name == "labels":
            for mine, theirs in zip(told["labels"].values(), value, strict=True):
                agree(mine, theirs)
        elif name == "unweighted":
            agree(told["unweighted"], value)
        elif name == "classes":
            assert told["classes"] == value
        elif isinstance(value, float) and np.isnan(value):
            assert name not in told
        else:
            np.testing.assert_allclose(told[name], value, rtol=0, atol=1e-9, err_msg=name)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda make: make.__name__)
def test_shape(shape: Any) -> None:
    expected = shape()
    code, told, error = described(expected.files)
    assert code == (2 if expected.refused else 0)
    assert expected.refused in error
    assert error.count("\n") == 0
    if not expected.task:
        assert told == {}
        return
    assert told["task"] == expected.task
    assert told["positive"] == expected.positive or expected.task == "scores"
    assert {role: told["roles"].get(role) for role in expected.roles} == expected.roles
    assert tuple(each["role"] for each in told["questions"]) == expected.asked
    assert expected.said in json.dumps([*told["warnings"], *told["omitted"]], ensure_ascii=False).replace(
        '\\"', '"'
    )
    for name, figures in expected.figures.items():
        agree(told["models"][name] if name else next(iter(told["models"].values())), figures)
    if "" not in expected.figures:
        assert list(told["models"]) == list(expected.figures)


def best_of(name: str, values: list[float], steps: list[float], goal: str) -> dict[str, Any]:
    place = int(np.argmax(values) if goal == "max" else np.argmin(values))
    return {name: {"goal": goal, "value": values[place], "step": steps[place]}}


def test_trainer_state() -> None:
    """Training and evaluation take turns in a nested list, and a summary comes last."""
    (name,) = files = ("27_trainer_state.json",)
    log = json.loads((DATA / name).read_text())["log_history"]
    expected: dict[str, Any] = {}
    for key, goal in (("loss", "min"), ("eval_accuracy", "max"), ("eval_loss", "min")):
        having = [each for each in log if key in each]
        expected |= best_of(key, [each[key] for each in having], [each["step"] for each in having], goal)
    code, told, _ = described(files)
    assert (code, told["task"], told["roles"]["epoch"]) == (0, "history", "step")
    assert {key: told["best"][key] for key in expected} == expected
    assert told["series"]["eval_loss"]["split"] == "validation"


def test_training_log() -> None:
    """A CSVLogger's file with the ending .log and CRLF."""
    (name,) = files = ("31_training.log",)
    assert b"\r\n" in (DATA / name).read_bytes()
    found = cells(name)
    steps = numbers(found["epoch"]).tolist()
    expected = best_of("acc", numbers(found["acc"]).tolist(), steps, "max")
    expected |= best_of("loss", numbers(found["loss"]).tolist(), steps, "min")
    code, told, _ = described(files)
    assert (code, told["task"], told["rows"], told["best"]) == (0, "history", 12, expected)


def test_all_files_are_tested() -> None:
    named = {file for make in SHAPES for file in make().files} | {"27_trainer_state.json", "31_training.log"}
    assert named == {path.name for path in DATA.iterdir()} - {"README.md"}
    assert len(SHAPES) + 2 == 22
