"""Two classes, as companies, competitions and courses write them."""

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
def titanic_with_features() -> Layout:
    y, p = two(115)
    rng = rng_of(115)
    table = {
        "PassengerId": range(892, 892 + y.size),
        "Pclass": rng.integers(1, 4, y.size),
        "Sex": words(rng.random(y.size) < 0.75 * y + 0.1, "male", "female"),
        "Age": rng.integers(1, 80, y.size).astype(float),
        "SibSp": rng.integers(0, 3, y.size),
        "Parch": rng.integers(0, 3, y.size),
        "Fare": rng.gamma(2, 15, y.size).round(2),
        "Embarked": words(rng.integers(0, 3, y.size), "C", "Q", "S"),
        "Survived": y,
        "Survived_pred": (p > 0.5).astype(int),
        "Survived_proba": p,
    }
    return Layout((csv("titanic.csv", table),), truth="Survived", positive="1", actual=y, scores=(p,))


@published
def train_test_split_column() -> Layout:
    y, p = two(117)
    split = words(np.arange(y.size) % 4 == 3, "train", "test")
    return Layout(
        (csv("all.csv", {"split": split, "y": y, "p": p}),),
        truth="y",
        positive="1",
        actual=y,
        scores=(p,),
        asked=frozenset({"split"}),
    )


@published
def compas_scores() -> Layout:
    y, p = two(118, 400, 0.45)
    rng = rng_of(118)
    decile = np.clip(np.ceil(p * 10), 1, 10).astype(int)
    table = {
        "id": range(1, y.size + 1),
        "sex": words(rng.random(y.size) < 0.8, "Female", "Male"),
        "age": rng.integers(18, 70, y.size),
        "race": words(rng.integers(0, 3, y.size), "African-American", "Caucasian", "Other"),
        "juv_fel_count": rng.poisson(0.1, y.size),
        "decile_score": decile,
        "priors_count": rng.poisson(3 * p),
        "c_charge_degree": words(rng.random(y.size) < 0.6, "M", "F"),
        "score_text": np.select([decile < 5, decile < 8], ["Low", "Medium"], "High"),
        "is_violent_recid": np.where(rng.random(y.size) < 0.3, y, 0),
        "v_decile_score": np.clip(decile + rng.integers(-2, 3, y.size), 1, 10),
        "two_year_recid": y,
    }
    return Layout(
        (csv("compas-scores-two-years.csv", table),),
        truth="two_year_recid",
        positive="1",
        actual=y,
        scores=(decile,),
        may_ask=frozenset({"truth"}),
    )


@published
def fairlearn_sensitive() -> Layout:
    y, p = two(119)
    table = {
        "y_true": y,
        "y_pred": (p > 0.5).astype(int),
        "sensitive_feature": words(np.arange(y.size) % 2, "F", "M"),
    }
    return Layout(
        (csv("fair.csv", table),), truth="y_true", positive="1", actual=y, scores=((p > 0.5).astype(int),)
    )


@published
def annotators_and_majority() -> Layout:
    y, p = two(120)
    rng = rng_of(120)
    raters = {f"annotator_{i}": np.where(rng.random(y.size) < 0.12, 1 - y, y) for i in (1, 2, 3)}
    majority = (sum(raters.values()) >= 2).astype(int)
    table = {"item": [f"doc{i}" for i in range(y.size)], **raters, "gold": majority, "model_prob": p}
    return Layout((csv("annotated.csv", table),), truth="gold", positive="1", actual=majority, scores=(p,))


@published
def column_that_says_right_or_wrong() -> Layout:
    y, p = two(121)
    called = (p > 0.5).astype(int)
    table = {
        "file": [f"img_{i}.png" for i in range(y.size)],
        "correct": called == y,
        "y_true": y,
        "y_pred": called,
        "prob": p,
    }
    return Layout((csv("rows.csv", table),), truth="y_true", positive="1", actual=y, scores=(p,))


@published
def guesses_true_labels_correct() -> Layout:
    y, p = two(122)
    called = (p > 0.5).astype(int)
    table = {"Guesses": called, "True Labels": y, "Correct": called == y}
    return Layout((csv("net.csv", table),), truth="True Labels", positive="1", actual=y, scores=(called,))


@published
def card_fraud_thousandths() -> Layout:
    y, p = two(130, prevalence=0.15)
    rng = rng_of(130)
    table = {
        "TransactionID": range(2987000, 2987000 + y.size),
        "TransactionDT": np.cumsum(rng.integers(1, 90, y.size)),
        "TransactionAmt": rng.gamma(2, 60, y.size).round(2),
        "card4": words(rng.integers(0, 2, y.size), "visa", "mastercard"),
        "isFraud": y,
        "fraud_score": (1000 * p).round().astype(int),
    }
    return Layout(
        (csv("tx.csv", table),), truth="isFraud", positive="1", actual=y, scores=((1000 * p).round(),)
    )


@published
def features_in_the_unit_interval() -> Layout:
    y, p = two(132)
    rng = rng_of(132)
    features = {f"feat_{i}": np.clip(rng.random(y.size) * 0.8 + 0.2 * y, 0, 1).round(4) for i in range(8)}
    flags = {
        "has_phone": np.where(rng.random(y.size) < 0.2, 1 - y, y),
        "has_mail": rng.integers(0, 2, y.size),
    }
    table = {**features, **flags, "default": y, "model_score": p}
    return Layout(
        (csv("scored.csv", table),),
        truth="default",
        positive="1",
        actual=y,
        scores=(p,),
        may_ask=frozenset({"truth"}),
    )


@published
def home_credit() -> Layout:
    y, p = two(133, prevalence=0.12)
    table = {
        "SK_ID_CURR": range(100001, 100001 + y.size),
        "TARGET": y,
        "EXT_SOURCE_2": rng_of(133).random(y.size),
        "PRED": p,
    }
    return Layout((csv("hc.csv", table),), truth="TARGET", positive="1", actual=y, scores=(p,))


@published
def click_through() -> Layout:
    y, p = two(134, prevalence=0.1)
    table = {
        "user_id": rng_of(134).integers(0, 50, y.size),
        "item_id": rng_of(135).integers(0, 900, y.size),
        "click": y,
        "pctr": p,
    }
    return Layout((csv("ctr.csv", table),), truth="click", positive="1", actual=y, scores=(p,))


@published
def long_by_model() -> Layout:
    y, p = two(137)
    other = again(137, y)
    ids = np.arange(y.size)
    table = {
        "model": ["resnet"] * y.size + ["vit"] * y.size,
        "sample_id": [*ids, *ids],
        "label": [*y, *y],
        "score": [*p, *other],
    }
    return Layout(
        (csv("long.csv", table),),
        truth="label",
        positive="1",
        actual=y,
        scores=(p, other),
        models=("resnet", "vit"),
    )


@published
def weighted_survey() -> Layout:
    y, p = two(139)
    table = {"y": y, "p_hat": p, "sample_weight": rng_of(139).gamma(2, 3, y.size).round(3)}
    return Layout(
        (csv("survey.csv", table),),
        truth="y",
        positive="1",
        actual=y,
        scores=(p,),
        may_ask=frozenset({"weight"}),
    )


@published
def kaggle_with_solution() -> Layout:
    y, p = two(140)
    ids = [f"t{i:05d}" for i in range(y.size)]
    usage = words(np.arange(y.size) % 3 == 0, "Private", "Public")
    order = rng_of(140).permutation(y.size)
    submission = pd.DataFrame({"id": ids, "target": p}).iloc[order]
    return Layout(
        (csv("submission.csv", submission), csv("solution.csv", {"id": ids, "target": y, "Usage": usage})),
        positive="1",
        actual=y,
        scores=(p,),
        may_ask=frozenset({"split"}),
    )


@published
def booster_lines_and_truth() -> Layout:
    y, p = two(141)
    preds = "\n".join(map(str, p)) + "\n"
    return Layout(
        (("LightGBM_predict_result.txt", preds.encode()), csv("y_test.csv", {"y": y})),
        positive="1",
        actual=y,
        scores=(p,),
    )


@published
def missing_truths_in_between() -> Layout:
    y, p = two(142)
    truth = y.astype(float)
    truth[::9] = np.nan
    return Layout(
        (csv("partly.csv", {"uid": range(y.size), "ground_truth": truth, "prob": p}),),
        truth="ground_truth",
        positive="1",
        actual=truth,
        scores=(p,),
    )


@published
def hard_labels_of_three_models() -> Layout:
    y, p = two(144)
    calls = [(again(i, y) > 0.5).astype(int) for i in (1, 2)] + [(p > 0.5).astype(int)]
    table = {"y_test": y, "pred_knn": calls[0], "pred_svm": calls[1], "pred_rf": calls[2]}
    return Layout(
        (csv("hard.csv", table),),
        truth="y_test",
        positive="1",
        actual=y,
        scores=tuple(calls),
        models=("pred_knn", "pred_svm", "pred_rf"),
    )
