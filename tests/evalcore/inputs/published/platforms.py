"""Two classes and more, as statistics packages and automatic-learning platforms write them."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd

from tests.evalcore.inputs.published.simulated import (
    Layout,
    again,
    csv,
    published,
    rng_of,
    several,
    two,
    words,
)

POSITIVE = frozenset({"positive"})


@published
def mlnet_binary() -> Layout:
    y, p = two(601)
    table = {
        "Label": words(y, "False", "True"),
        "PredictedLabel": words(p > 0.5, "False", "True"),
        "Score": np.log(p / (1 - p)),
        "Probability": p,
    }
    return Layout((csv("mlnet.csv", table),), truth="Label", positive="True", actual=y, scores=(p,))


@published
def sas_posteriors() -> Layout:
    y, p = two(602)
    table = {
        "LOAN": rng_of(602).integers(1000, 90000, y.size),
        "BAD": y,
        "P_BAD1": p,
        "P_BAD0": 1 - p,
        "F_BAD": y,
        "I_BAD": (p > 0.5).astype(int),
    }
    return Layout((csv("sas.csv", table),), positive="1", actual=y, scores=(p,), may_ask=frozenset({"truth"}))


@published
def spss_saved() -> Layout:
    y, p = two(603)
    table = {
        "age": rng_of(603).integers(20, 60, y.size),
        "default": y,
        "PRE_1": p,
        "PGR_1": (p > 0.5).astype(int),
    }
    return Layout(
        (csv("bankloan.csv", table, sep=";", decimal=","),),
        truth="default",
        positive="1",
        actual=y,
        scores=(p,),
        may_ask=frozenset({"truth", "scores"}),
    )


@published
def orange_table() -> Layout:
    y, p = two(604)
    q = again(4, y)
    table = {
        "Logistic Regression": words(p > 0.5, "no", "yes"),
        "Logistic Regression (no)": 1 - p,
        "Logistic Regression (yes)": p,
        "Tree": words(q > 0.5, "no", "yes"),
        "Tree (no)": 1 - q,
        "Tree (yes)": q,
        "y": words(y, "no", "yes"),
    }
    return Layout(
        (csv("orange.tab", table, sep="\t"),),
        truth="y",
        positive="yes",
        actual=y,
        scores=(p, q),
        models=("Logistic Regression (yes)", "Tree (yes)"),
    )


@published
def dataiku_scored() -> Layout:
    y, p = two(605)
    called = (p > 0.35).astype(int)
    table = {
        "age": rng_of(605).integers(20, 60, y.size),
        "high_value": y,
        "proba_0": 1 - p,
        "proba_1": p,
        "prediction": called,
        "prediction_correct": words(called == y, "false", "true"),
    }
    return Layout((csv("scored.csv", table),), truth="high_value", positive="1", actual=y, scores=(p,))


@published
def jmp_formulas() -> Layout:
    y, p = two(606)
    table = {
        "survived": words(y, "No", "Yes"),
        "Prob[No]": 1 - p,
        "Prob[Yes]": p,
        "Most Likely survived": words(p > 0.5, "No", "Yes"),
    }
    return Layout((csv("jmp.csv", table),), truth="survived", positive="Yes", actual=y, scores=(p,))


@published
def matlab_scores() -> Layout:
    y, p = two(607)
    table = {"trueLabel": y, "predLabel": (p > 0.5).astype(int), "scores_1": 1 - p, "scores_2": p}
    return Layout((csv("matlab.csv", table),), truth="trueLabel", positive="1", actual=y, scores=(p,))


@published
def driverless_columns() -> Layout:
    y, p = two(608)
    table = {
        "default payment next month": y,
        "default payment next month.0": 1 - p,
        "default payment next month.1": p,
    }
    return Layout(
        (csv("dai.csv", table),), truth="default payment next month", positive="1", actual=y, scores=(p,)
    )


@published
def pycaret_score_of_the_prediction() -> Layout:
    y, p = two(609)
    called = p > 0.5
    table = {
        "WeekofPurchase": rng_of(609).integers(227, 278, y.size),
        "Purchase": words(y, "CH", "MM"),
        "prediction_label": words(called, "CH", "MM"),
        "prediction_score": np.where(called, p, 1 - p).round(4),
    }
    return Layout(
        (csv("pycaret.csv", table),),
        truth="Purchase",
        positive="MM",
        actual=y,
        scores=(
            np.where(called, np.where(called, p, 1 - p).round(4), 1 - np.where(called, p, 1 - p).round(4)),
        ),
        may_ask=POSITIVE,
    )


@published
def mljar_predictions() -> Layout:
    y, p = two(610)
    table = {"prediction_0": 1 - p, "prediction_1": p, "label": (p > 0.4).astype(int), "target": y}
    return Layout((csv("mljar.csv", table),), truth="target", positive="1", actual=y, scores=(p,))


@published
def ludwig_outputs() -> Layout:
    y, p = two(611)
    called = p > 0.5
    table = {
        "Survived": words(y, "False", "True"),
        "Survived_predictions": words(called, "False", "True"),
        "Survived_probabilities_False": 1 - p,
        "Survived_probabilities_True": p,
        "Survived_probability": np.where(called, p, 1 - p),
    }
    return Layout((csv("ludwig.csv", table),), truth="Survived", positive="True", actual=y, scores=(p,))


@published
def amazon_ml_batch() -> Layout:
    y, p = two(612)
    table = {"trueLabel": y, "bestAnswer": (p > 0.5).astype(int), "score": p}
    return Layout((csv("bp-xyz.csv", table),), truth="trueLabel", positive="1", actual=y, scores=(p,))


@published
def comprehend_lines() -> Layout:
    y, p = two(613)
    rows = [
        {
            "File": "docs.csv",
            "Line": str(i),
            "Label": ("HAM", "SPAM")[a],
            "Classes": sorted(
                ({"Name": "SPAM", "Score": float(b)}, {"Name": "HAM", "Score": float(round(1 - b, 6))}),
                key=lambda each: -each["Score"],
            ),
        }
        for i, (a, b) in enumerate(zip(y, p, strict=True))
    ]
    return Layout(
        (("predictions.jsonl", "\n".join(map(json.dumps, rows)).encode()),),
        truth="Label",
        positive="SPAM",
        actual=y,
        scores=(p,),
    )


@published
def zero_shot_sorted_lists() -> Layout:
    y, v = several(614, 3)
    names = ("business", "politics", "sports")
    rows = []
    for i, row in enumerate(v):
        order = np.argsort(-row)
        rows.append(
            {
                "sequence": f"article {i}",
                "labels": [names[j] for j in order],
                "scores": [float(row[j]) for j in order],
                "gold": names[y[i]],
            }
        )
    return Layout(
        (("zero_shot.json", json.dumps(rows).encode()),),
        "multiclass",
        "gold",
        classes=names,
        actual=words(y, *names),
        decided=(words(v.argmax(1), *names),),
        matrices=(v,),
    )


@published
def fasttext_marks() -> Layout:
    y, p = two(615)
    called = p > 0.5
    table = {
        "true": words(y, "__label__negative", "__label__positive"),
        "pred": words(called, "__label__negative", "__label__positive"),
        "prob": np.where(called, p, 1 - p),
    }
    return Layout(
        (csv("fasttext.tsv", table, sep="\t"),),
        truth="true",
        positive="__label__positive",
        actual=y,
        scores=(p,),
    )


@published
def mortality_benchmark() -> Layout:
    y, p = two(616, prevalence=0.15)
    table = {"stay": [f"{i}_episode1_timeseries.csv" for i in range(y.size)], "prediction": p, "y_true": y}
    return Layout((csv("mimic.csv", table),), truth="y_true", positive="1", actual=y, scores=(p,))


@published
def phenotyping_benchmark() -> Layout:
    made = [two(620 + i) for i in range(4)]
    table = {
        "stay": [f"{i}_episode1" for i in range(240)],
        "period_length": rng_of(620).random(240).round(3) * 90,
        **{f"pred_{i + 1}": p for i, (_, p) in enumerate(made)},
        **{f"label_{i + 1}": y for i, (y, _) in enumerate(made)},
    }
    return Layout(
        (csv("phenotypes.csv", table),),
        "multilabel",
        labels={str(i + 1): (y.astype(float), p) for i, (y, p) in enumerate(made)},
    )


@published
def vertex_tables_score_columns() -> Layout:
    y, p = two(630)
    table = {"Deposit": y + 1, "Deposit_1_score": 1 - p, "Deposit_2_score": p}
    return Layout(
        (csv("automl.csv", table),), truth="Deposit", positive="2", actual=y, scores=(p,), may_ask=POSITIVE
    )


@published
def scikit_columns_zero_one() -> Layout:
    y, p = two(631)
    table = pd.DataFrame({"0": 1 - p, "1": p, "y": y})
    return Layout((csv("proba.csv", table, index=True),), truth="y", positive="1", actual=y, scores=(p,))


@published
def sonar_two_letters() -> Layout:
    y, p = two(632)
    table = {
        "pred": words(p > 0.5, "R", "M"),
        "obs": words(y, "R", "M"),
        "M": p,
        "R": 1 - p,
        "mtry": 2,
        "Resample": "Fold1",
    }
    return Layout(
        (csv("sonar.csv", table),), truth="obs", positive="M", actual=y, scores=(p,), may_ask=POSITIVE
    )


@published
def truth_yes_prediction_one() -> Layout:
    y, p = two(633)
    table = {"HeartDisease": words(y, "No", "Yes"), "predicted": (p > 0.5).astype(int), "predicted_proba": p}
    return Layout((csv("heart.csv", table),), truth="HeartDisease", positive="Yes", actual=y, scores=(p,))


@published
def indeterminate_truths() -> Layout:
    y, p = two(634)
    status = words(y, "Negative", "Positive")
    status[::11] = "Indeterminate"
    actual = y.astype(float)
    actual[::11] = np.nan
    table = {"specimen": range(y.size), "PCR result": status, "model_prob": p}
    return Layout(
        (csv("covid.csv", table),), truth="PCR result", positive="Positive", actual=actual, scores=(p,)
    )


@published
def one_column_per_fold_model() -> Layout:
    y, p = two(635)
    others = [again(i + 50, y) for i in range(2)]
    table = {
        "ID": range(y.size),
        "target": y,
        "fold_0_pred": p,
        "fold_1_pred": others[0],
        "fold_2_pred": others[1],
    }
    return Layout(
        (csv("folds.csv", table),),
        truth="target",
        positive="1",
        actual=y,
        scores=(p, *others),
        models=("fold_0_pred", "fold_1_pred", "fold_2_pred"),
    )


@published
def target_with_hat() -> Layout:
    y, p = two(636)
    table = {"survived": y, "survived_hat": p, "sex": words(np.arange(y.size) % 2, "m", "f")}
    return Layout((csv("hat.csv", table),), truth="survived", positive="1", actual=y, scores=(p,))


@published
def tidy_long_by_classifier() -> Layout:
    y, p = two(637)
    q = again(37, y)
    n = y.size
    table = {
        "classifier": ["SVM"] * n + ["NB"] * n,
        "instance": [*range(n)] * 2,
        "actual": [*words(y, "neg", "pos")] * 2,
        "predicted": [*words(p > 0.5, "neg", "pos"), *words(q > 0.5, "neg", "pos")],
        "prob_pos": [*p, *q],
    }
    return Layout(
        (csv("long.csv", table),),
        truth="actual",
        positive="pos",
        actual=y,
        scores=(p, q),
        models=("SVM", "NB"),
    )


@published
def scores_with_gaps_and_infinities() -> Layout:
    y, p = two(638)
    z = np.log(p / (1 - p))
    z[3], z[4] = np.inf, -np.inf
    z[y == 0] = np.minimum(z[y == 0], 9)
    return Layout(
        (csv("llr.csv", {"label": y, "llr": z}),), truth="label", positive="1", actual=y, scores=(z,)
    )
