"""Two classes, in many words: how truths are coded and columns called, in several languages."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tests.evalcore.inputs.published.simulated import (
    Layout,
    csv,
    published,
    rng_of,
    two,
    words,
)

POSITIVE = frozenset({"positive"})


@published
def breast_cancer_letters() -> Layout:
    y, p = two(102)
    table = {
        "id": 800000 + rng_of(102).permutation(y.size),
        "diagnosis": words(y, "B", "M"),
        "predicted": words(p > 0.5, "B", "M"),
        "probability": p,
    }
    return Layout(
        (csv("wdbc.csv", table),), truth="diagnosis", positive="M", actual=y, scores=(p,), may_ask=POSITIVE
    )


@published
def benign_malignant() -> Layout:
    y, p = two(103)
    table = {
        "image_name": [f"ISIC_{i:07d}" for i in range(y.size)],
        "benign_malignant": words(y, "benign", "malignant"),
        "target_prob": p,
    }
    return Layout(
        (csv("isic.csv", table),), truth="benign_malignant", positive="malignant", actual=y, scores=(p,)
    )


@published
def german_credit_good_bad() -> Layout:
    y, p = two(104)
    rng = rng_of(104)
    table = {
        "duration": rng.integers(4, 72, y.size),
        "amount": rng.integers(250, 18000, y.size),
        "foreign_worker": words(rng.random(y.size) < 0.9, "no", "yes"),
        "class": words(y, "good", "bad"),
        "prob_bad": p,
    }
    return Layout((csv("credit.csv", table),), truth="class", positive="bad", actual=y, scores=(p,))


@published
def credit_one_two() -> Layout:
    y, p = two(105)
    table = {"Creditability": y + 1, "score": p, "prediction": (p > 0.5) + 1}
    return Layout(
        (csv("german.csv", table),),
        truth="Creditability",
        positive="2",
        actual=y,
        scores=(p,),
        may_ask=POSITIVE,
    )


@published
def sms_spam() -> Layout:
    y, p = two(106)
    table = {
        "v1": words(y, "ham", "spam"),
        "v2": [f"free entry no {i}, call now!" for i in range(y.size)],
        "spam_prob": p,
    }
    return Layout((csv("sms.csv", table),), truth="v1", positive="spam", actual=y, scores=(p,))


@published
def percent_texts() -> Layout:
    y, p = two(107)
    table = {
        "Case": range(1, y.size + 1),
        "Ground Truth": words(y, "Negative", "Positive"),
        "AI Probability": [f"{100 * a:.1f}%" for a in p],
    }
    return Layout(
        (csv("reader.csv", table),),
        truth="Ground Truth",
        positive="Positive",
        actual=y,
        scores=((100 * p).round(1),),
    )


@published
def german_semicolons() -> Layout:
    y, p = two(108)
    table = pd.DataFrame(
        {
            "Kennung": [f"K{i}" for i in range(y.size)],
            "Tatsächlich": words(y, "nein", "ja"),
            "Vorhersage": words(p > 0.5, "nein", "ja"),
            "Wahrscheinlichkeit": p,
        }
    )
    content = table.to_csv(index=False, sep=";", decimal=",").encode("cp1252")
    return Layout((("ergebnis.csv", content),), truth="Tatsächlich", positive="ja", actual=y, scores=(p,))


@published
def french_columns() -> Layout:
    y, p = two(109)
    table = {"vérité": words(y, "non", "oui"), "prédiction": words(p > 0.5, "non", "oui"), "probabilité": p}
    return Layout(
        (csv("sortie.csv", table, sep=";", decimal=","),),
        truth="vérité",
        positive="oui",
        actual=y,
        scores=(p,),
    )


@published
def spanish_columns() -> Layout:
    y, p = two(110)
    table = {
        "id": range(y.size),
        "real": words(y, "no", "sí"),
        "predicho": words(p > 0.5, "no", "sí"),
        "probabilidad": p,
    }
    return Layout((csv("resultado.csv", table),), truth="real", positive="sí", actual=y, scores=(p,))


@published
def japanese_columns() -> Layout:
    y, p = two(111)
    table = {"正解": y, "予測": (p > 0.5).astype(int), "確率": p}
    return Layout((csv("kekka.csv", table),), truth="正解", positive="1", actual=y, scores=(p,))


@published
def chinese_columns() -> Layout:
    y, p = two(112)
    table = {"样本": range(y.size), "真实标签": y, "预测标签": (p > 0.5).astype(int), "预测概率": p}
    return Layout((csv("jieguo.csv", table),), truth="真实标签", positive="1", actual=y, scores=(p,))


@published
def loan_status_letters() -> Layout:
    y, p = two(113)
    rng = rng_of(113)
    table = {
        "Loan_ID": [f"LP{i:06d}" for i in range(y.size)],
        "Gender": words(rng.random(y.size) < 0.8, "Female", "Male"),
        "Married": words(rng.random(y.size) < 0.6, "No", "Yes"),
        "Credit_History": (rng.random(y.size) < 0.8).astype(float),
        "Loan_Status": words(y, "N", "Y"),
        "Predicted_Prob": p,
    }
    return Layout((csv("loans.csv", table),), truth="Loan_Status", positive="Y", actual=y, scores=(p,))


@published
def r_logical_fraud() -> Layout:
    y, p = two(114)
    table = {"is_fraud": words(y, "FALSE", "TRUE"), ".pred_FALSE": 1 - p, ".pred_TRUE": p}
    return Layout((csv("fraud.csv", table),), truth="is_fraud", positive="True", actual=y, scores=(p,))


@published
def telco_churn_yes_no() -> Layout:
    y, p = two(131)
    rng = rng_of(131)
    yes = {
        name: words(rng.random(y.size) < 0.5, "No", "Yes")
        for name in ("Partner", "Dependents", "PaperlessBilling")
    }
    table = {
        "customerID": [f"{i:04d}-ABCDE" for i in range(y.size)],
        **yes,
        "tenure": rng.integers(0, 72, y.size),
        "MonthlyCharges": rng.normal(65, 20, y.size).round(2),
        "Churn": words(y, "No", "Yes"),
        "Churn_Prob": p,
    }
    return Layout((csv("telco.csv", table),), truth="Churn", positive="Yes", actual=y, scores=(p,))


@published
def phishing_urls() -> Layout:
    y, p = two(143)
    table = {
        "url": [f"https://site{i}.example/login" for i in range(y.size)],
        "status": words(y, "legitimate", "phishing"),
        "phishing_probability": p,
        "verdict": words(p > 0.7, "legitimate", "phishing"),
    }
    return Layout(
        (csv("urls.csv", table),),
        truth="status",
        positive="phishing",
        actual=y,
        scores=(p,),
        may_ask=frozenset({"truth"}),
    )


@published
def judge_of_answers() -> Layout:
    y, p = two(145)
    table = {
        "question": [f"is {i} prime or not" for i in range(y.size)],
        "human_label": words(y, "incorrect", "correct"),
        "judge_score": np.round(1 + 9 * p),
    }
    return Layout(
        (csv("judge.csv", table),),
        truth="human_label",
        positive="correct",
        actual=y,
        scores=(np.round(1 + 9 * p),),
        may_ask=POSITIVE,
    )
