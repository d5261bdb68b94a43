"""Two classes, as R packages, workbenches and learners write them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tests.evalcore.inputs.published.simulated import (
    Layout,
    again,
    csv,
    published,
    rng_of,
    two,
    words,
)

POSITIVE = frozenset({"positive"})


@published
def sklearn_columns() -> Layout:
    y, p = two(1)
    return Layout(
        (csv("preds.csv", {"y_true": y, "y_pred": (p >= 0.5).astype(int), "y_prob": p}),),
        truth="y_true",
        positive="1",
        actual=y,
        scores=(p,),
    )


@published
def caret_final_predictions() -> Layout:
    y, p = two(2)
    obs, pred = words(y, "Bad", "Good"), words(p > 0.5, "Bad", "Good")
    folds = [f"Fold{i % 10 + 1:02d}" for i in range(y.size)]
    table = pd.DataFrame(
        {
            "pred": pred,
            "obs": obs,
            "Bad": 1 - p,
            "Good": p,
            "rowIndex": range(1, y.size + 1),
            "C": 0.25,
            "sigma": 0.0173,
            "Resample": folds,
        }
    )
    return Layout(
        (csv("svm_pred.csv", table, index=True),), truth="obs", positive="Bad", actual=1 - y, scores=(1 - p,)
    )


@published
def yardstick_collected() -> Layout:
    y, p = two(3)
    table = {
        "id": "train/test split",
        ".pred_class": words(p > 0.5, "no", "yes"),
        ".row": range(1, y.size + 1),
        ".pred_no": 1 - p,
        ".pred_yes": p,
        "readmitted": words(y, "no", "yes"),
        ".config": "Preprocessor1_Model1",
    }
    return Layout((csv("collected.csv", table),), truth="readmitted", positive="yes", actual=y, scores=(p,))


@published
def mlr3_prediction() -> Layout:
    y, p = two(4)
    table = {
        "row_ids": rng_of(4).permutation(y.size) + 1,
        "truth": words(y, "neg", "pos"),
        "response": words(p > 0.5, "neg", "pos"),
        "prob.pos": p,
        "prob.neg": 1 - p,
    }
    return Layout((csv("prediction.csv", table),), truth="truth", positive="pos", actual=y, scores=(p,))


@published
def rocr_simple() -> Layout:
    y, p = two(5)
    return Layout(
        (csv("ROCR.simple.csv", {"predictions": p, "labels": y}, index=True),),
        truth="labels",
        positive="1",
        actual=y,
        scores=(p,),
    )


@published
def h2o_numbers() -> Layout:
    y, p = two(6)
    table = {"predict": (p > 0.31).astype(int), "p0": 1 - p, "p1": p, "actual": y}
    return Layout((csv("h2o.csv", table),), truth="actual", positive="1", actual=y, scores=(p,))


@published
def h2o_named_classes() -> Layout:
    y, p = two(7)
    table = {"predict": words(p > 0.31, "No", "Yes"), "No": 1 - p, "Yes": p, "Churn": words(y, "No", "Yes")}
    return Layout((csv("h2o_churn.csv", table),), truth="Churn", positive="Yes", actual=y, scores=(p,))


@published
def weka_prediction() -> Layout:
    y, p = two(8)
    called = p > 0.5
    table = {
        "inst#": range(1, y.size + 1),
        "actual": words(y, "1:tested_negative", "2:tested_positive"),
        "predicted": words(called, "1:tested_negative", "2:tested_positive"),
        "error": np.where(called == y, "", "+"),
        "prediction": np.where(called, p, 1 - p),
    }
    return Layout(
        (csv("weka.csv", table),),
        truth="actual",
        positive="tested_positive",
        actual=y,
        scores=(p,),
        may_ask=POSITIVE,
    )


@published
def weka_distribution() -> Layout:
    y, p = two(9)
    lines = ["inst#,actual,predicted,error,distribution,"]
    for i, (true, prob) in enumerate(zip(y, p.round(3), strict=True)):
        said = int(prob > 0.5)
        first, second = f"{1 - prob:.3f}", f"{prob:.3f}"
        spread = f"{first},*{second}" if said else f"*{first},{second}"
        names = ("1:no", "2:yes")
        lines.append(f"{i + 1},{names[true]},{names[said]},{'+' if said != true else ''},{spread}")
    return Layout(
        (("weka_dist.csv", "\n".join(lines).encode()),),
        truth="actual",
        positive="yes",
        actual=y,
        scores=(p.round(3),),
        may_ask=POSITIVE,
    )


@published
def catboost_eval() -> Layout:
    y, p = two(10)
    table = {
        "SampleId": range(y.size),
        "RawFormulaVal": np.log(p / (1 - p)).round(9),
        "Probability": p,
        "Class": (p > 0.5).astype(int),
        "Label": y,
    }
    return Layout(
        (csv("catboost_eval.tsv", table, sep="\t"),), truth="Label", positive="1", actual=y, scores=(p,)
    )


@published
def catboost_class_columns() -> Layout:
    y, p = two(11)
    table = {"SampleId": range(y.size), "Probability:Class=0": 1 - p, "Probability:Class=1": p, "Label": y}
    return Layout((csv("eval.tsv", table, sep="\t"),), truth="Label", positive="1", actual=y, scores=(p,))


@published
def knime_scorer() -> Layout:
    y, p = two(13)
    table = {
        "row ID": [f"Row{i}" for i in range(y.size)],
        "Account Length": rng_of(13).integers(1, 240, y.size),
        "Churn": y,
        "P (Churn=0)": 1 - p,
        "P (Churn=1)": p,
        "Prediction (Churn)": (p > 0.5).astype(int),
    }
    return Layout((csv("knime.csv", table),), truth="Churn", positive="1", actual=y, scores=(p,))


@published
def knime_confidence() -> Layout:
    y, p = two(14)
    called = p > 0.5
    table = {
        "class": words(y, "no", "yes"),
        "Prediction (class)": words(called, "no", "yes"),
        "Prediction (class) (Confidence)": np.where(called, p, 1 - p),
    }
    return Layout((csv("knime.csv", table),), truth="class", positive="yes", actual=y, scores=(p,))


@published
def rapidminer_example_set() -> Layout:
    y, p = two(15)
    table = {
        "Age": rng_of(15).integers(18, 80, y.size),
        "Churn": words(y, "loyal", "churn"),
        "prediction(Churn)": words(p > 0.5, "loyal", "churn"),
        "confidence(churn)": p,
        "confidence(loyal)": 1 - p,
    }
    return Layout(
        (csv("rapidminer.csv", table, sep=";"),), truth="Churn", positive="churn", actual=y, scores=(p,)
    )


@published
def libsvm_decision() -> Layout:
    y, p = two(24)
    z = np.log(p / (1 - p)).round(5)
    table = {"y_test": 2 * y - 1, "y_pred": np.where(z > 0, 1, -1), "decision_function": z}
    return Layout((csv("svm.csv", table),), truth="y_test", positive="1", actual=y, scores=(z,))


@published
def five_learners() -> Layout:
    y, p = two(28)
    others = [again(i, y) for i in range(4)]
    names = ("lgb", "xgb", "cat", "nn")
    table = {"id": range(y.size), "target": y, **dict(zip(names, others, strict=True)), "blend": p}
    return Layout(
        (csv("ensemble.csv", table),),
        truth="target",
        positive="1",
        actual=y,
        scores=(*others, p),
        models=("lgb", "xgb", "cat", "nn", "blend"),
    )


@published
def out_of_fold() -> Layout:
    y, p = two(29)
    table = {
        "id": [f"row_{i:05d}" for i in range(y.size)],
        "target": y,
        "oof_fold": np.arange(y.size) % 5,
        "oof_pred": p,
    }
    return Layout((csv("oof.csv", table),), truth="target", positive="1", actual=y, scores=(p,))


@published
def evalml_wide_probabilities() -> Layout:
    y, p = two(30)
    table = {
        "y_true": words(y, "False", "True"),
        "y_pred": words(p > 0.5, "False", "True"),
        "y_pred_proba_False": 1 - p,
        "y_pred_proba_True": p,
    }
    return Layout((csv("evalml.csv", table),), truth="y_true", positive="True", actual=y, scores=(p,))
