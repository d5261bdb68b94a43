"""Unseen layouts of statistics packages and model builders: what their export buttons and commands write."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tests.evalcore.inputs.published.simulated import again, csv, npz, rng_of, several, two, words
from tests.evalcore.inputs.unseen.challenges import ap, macro
from tests.evalcore.inputs.unseen.layouts import auc, right, share, text, unseen
from tests.recognition import Case


@unseen
def logistic_predprobs() -> Case:
    """SAS PROC LOGISTIC, predprobs=individual: _FROM_, _INTO_ and IP_ of each level."""
    y, p = two(1101)
    table = {
        "remiss": y,
        "cell": rng_of(1101).random(y.size).round(2),
        "li": rng_of(1102).random(y.size).round(2),
        "_FROM_": y,
        "_INTO_": (p > 0.5).astype(int),
        "IP_0": 1 - p,
        "IP_1": p,
    }
    return right("binary", [auc(y, p), ap(y, p), share(y, p > 0.5)], csv("pred.csv", table))


@unseen
def multinomial_of_spss() -> Case:
    """SPSS NOMREG: EST for each category, PRE the predicted one, PCP and ACP its and the actual one's probability."""
    k, m = several(1103, 3)
    said = m.argmax(axis=1)
    table = {"party": k + 1, "age": rng_of(1103).integers(18, 90, k.size)}
    table |= {f"EST{i + 1}_1": m[:, i].round(5) for i in range(3)}
    rows = np.arange(k.size)
    table |= {"PRE_1": said + 1, "PCP_1": m[rows, said].round(5), "ACP_1": m[rows, k].round(5)}
    return right("multiclass", [share(k, said)], csv("nomreg.csv", table))


@unseen
def stata_predict() -> Case:
    """Stata: the outcome, `predict phat`, `predict xb, xb`, and the estimation sample."""
    y, p = two(1104)
    table = {
        "id": range(1, y.size + 1),
        "low": y,
        "age": rng_of(1104).integers(14, 45, y.size),
        "lwt": rng_of(1105).integers(80, 250, y.size),
        "phat": p,
        "xb": np.log(p / (1 - p)).round(6),
        "esample": 1,
    }
    return right("binary", [auc(y, p), ap(y, p)], csv("lbw.csv", table))


@unseen
def minitab_event_probability() -> Case:
    """Minitab: the response in words and the fitted event probability."""
    y, p = two(1106)
    table = {"Bought": words(y, "No", "Yes"), "Income": rng_of(1106).integers(20, 150, y.size), "EPROB": p}
    return right("binary", [auc(y, p), ap(y, p)], csv("minitab.csv", table))


@unseen
def weka_plain_output() -> Case:
    """Weka's -p 0: columns held apart by blanks, a + where it is wrong, the prediction's own probability."""
    y, p = two(1107)
    said = (p > 0.5).astype(int)
    sure = np.where(said == 1, p, 1 - p).round(3)
    names = ("1:tested_negative", "2:tested_positive")
    lines = ["", "=== Predictions on test data ===", "", "    inst#     actual  predicted error prediction"]
    lines += [
        f"{i + 1:9d} {names[a]} {names[b]} {'  +  ' if a != b else '     '} {c:5.3f} "
        for i, (a, b, c) in enumerate(zip(y, said, sure, strict=True))
    ]
    score = np.where(said == 1, sure, 1 - sure)
    return right("binary", [share(y, said), auc(y, score)], text("weka.txt", lines))


@unseen
def orange_one_row_header() -> Case:
    """Orange, header with flags: cD# the class, mD# a model's decision, mC# its probabilities."""
    y, p = two(1108)
    q = again(1109, y)
    table = {
        "cD#heart disease": y,
        "C#age": rng_of(1108).integers(29, 77, y.size),
        "mD#Tree": (p > 0.5).astype(int),
        "mC#Tree (0)": (1 - p).round(6),
        "mC#Tree (1)": p,
        "mD#Naive Bayes": (q > 0.5).astype(int),
        "mC#Naive Bayes (0)": (1 - q).round(6),
        "mC#Naive Bayes (1)": q,
    }
    return right("binary", [auc(y, p), auc(y, q), share(y, p > 0.5)], csv("orange.csv", table))


@unseen
def workflow_set() -> Case:
    """tidymodels' collect_predictions of a workflow set: one block of rows a workflow."""
    y, p = two(1110, n=120)
    q = again(1111, y)
    parts = []
    for name, values in (("recipe_rand_forest", p), ("recipe_logistic_reg", q)):
        frame = {
            "wflow_id": name,
            ".config": "Preprocessor1_Model1",
            "preproc": "recipe",
            "model": name.split("_", 1)[1],
            ".row": np.arange(1, y.size + 1),
            "Class": words(y, "PS", "WS"),
            ".pred_class": words(values > 0.5, "PS", "WS"),
            ".pred_PS": (1 - values).round(6),
            ".pred_WS": values,
        }
        parts.append(pd.DataFrame(frame))
    return right("binary", [auc(y, p), auc(y, q)], csv("workflow_set.csv", pd.concat(parts)))


@unseen
def mlr3_benchmark() -> Case:
    """mlr3: truth, response, prob. of both, learner_id and the iteration of the resampling."""
    y, p = two(1112, n=150)
    q = again(1113, y)
    parts = [
        pd.DataFrame(
            {
                "row_ids": np.arange(1, y.size + 1),
                "truth": words(y, "neg", "pos"),
                "response": words(values > 0.5, "neg", "pos"),
                "prob.pos": values,
                "prob.neg": (1 - values).round(6),
                "learner_id": name,
                "iteration": 1 + np.arange(y.size) % 3,
            }
        )
        for name, values in (("classif.ranger", p), ("classif.rpart", q))
    ]
    return right("binary", [auc(y, p), ap(y, p), auc(y, q)], csv("bmr.csv", pd.concat(parts)))


@unseen
def h2o_beside_the_test_file() -> Case:
    """H2O's predictions (predict, no, yes) and the test file with features, joined by the order of rows."""
    y, p = two(1114)
    rng = rng_of(1114)
    test = {
        "age": rng.integers(18, 90, y.size),
        "job": rng.choice(["admin.", "technician", "services"], y.size),
        "balance": rng.integers(-500, 9000, y.size),
        "housing": rng.choice(["yes", "no"], y.size),
        "y": words(y, "no", "yes"),
    }
    said = {"predict": words(p > 0.3, "no", "yes"), "no": 1 - p, "yes": p}
    figures = [auc(y, p), ap(y, p), share(y, p > 0.3)]
    return right("binary", figures, csv("bank_test.csv", test), csv("h2o_predictions.csv", said))


@unseen
def lightgbm_lines_of_three() -> Case:
    """LightGBM's result file: a class's probability a tab, no header; the labels in a file of their own."""
    k, m = several(1115, 3)
    lines = ["\t".join(repr(float(v)) for v in row) for row in m]
    return right(
        "multiclass",
        [share(k, m.argmax(axis=1)), macro(k, m)],
        text("LightGBM_predict_result.txt", lines),
        text("test_labels.txt", [str(each) for each in k]),
    )


@unseen
def vowpal_tags() -> Case:
    """Vowpal Wabbit: a score and the example's tag a line; the labels are -1 and 1 beside the tag."""
    y, p = two(1116)
    score = np.log(p / (1 - p)).round(6)
    out = [f"{v:.6f} ex_{i}" for i, v in enumerate(score)]
    key = [f"ex_{i} {2 * v - 1}" for i, v in enumerate(y)]
    return right("binary", [auc(y, score), ap(y, score)], text("preds.txt", out), text("labels.txt", key))


@unseen
def svm_predict_with_probabilities() -> Case:
    """LIBSVM's svm-predict -b 1: a first line of the labels, then label and probabilities; the true ones apart."""
    y, p = two(1117)
    out = ["labels 1 -1"] + [f"{1 if v > 0.5 else -1} {v:.6f} {1 - v:.6f}" for v in p]
    key = [str(2 * v - 1) for v in y]
    return right("binary", [auc(y, p), ap(y, p)], text("heart.out", out), text("heart.labels.txt", key))


@unseen
def r_write_table() -> Case:
    """R's write.table: blanks, quoted words, row names, so that the header is one short."""
    y, p = two(1118)
    lines = ['"truth" "fitted" "class"']
    for i, (a, b) in enumerate(zip(y, p, strict=True)):
        lines.append(f'"{i + 1}" "{("good", "bad")[a]}" {b} "{("good", "bad")[int(b > 0.5)]}"')
    return right("binary", [auc(y, p), ap(y, p), share(y, p > 0.5)], text("pred.txt", lines))


@unseen
def printed_frame() -> Case:
    """A frame that was printed into a file: columns held apart by blanks, the index without a name."""
    y, p = two(1119)
    frame = pd.DataFrame({"y_true": y, "y_score": p, "y_pred": (p > 0.5).astype(int)})
    return right("binary", [auc(y, p), ap(y, p)], ("printed.txt", frame.to_string().encode()))


@unseen
def psql_listing() -> Case:
    """PostgreSQL's own listing: bars, a line of dashes and the number of rows at the end."""
    y, p = two(1120)
    lines = [" customer_id | churned | churn_score ", "-------------+---------+-------------"]
    lines += [
        f" {1000 + i:11d} | {'t' if a else 'f':7s} | {b:11.6f}"
        for i, (a, b) in enumerate(zip(y, p, strict=True))
    ]
    lines.append(f"({y.size} rows)")
    return right("binary", [auc(y, p), ap(y, p)], text("churn.txt", lines))


@unseen
def italian_percent() -> Case:
    """Italian: semicolons, decimal commas, per cent signs."""
    y, p = two(1121)
    table = {
        "Paziente": range(1, y.size + 1),
        "Diagnosi vera": words(y, "sano", "malato"),
        "Probabilità malato (%)": [f"{100 * v:.2f}".replace(".", ",") for v in p],
        "Classe predetta": words(p > 0.5, "sano", "malato"),
    }
    rounded = np.array([float(f"{100 * v:.2f}") for v in p])
    figures = [auc(y, rounded), ap(y, rounded), share(y, p > 0.5)]
    return right("binary", figures, csv("risultati.csv", table, sep=";"))


@unseen
def polish_classes() -> Case:
    """Polish, three classes, UTF-16 with tabs as Excel's Unicode text."""
    k, m = several(1122, 3)
    names = ("jabłko", "gruszka", "śliwka")
    said = m.argmax(axis=1)
    frame = pd.DataFrame(
        {"nr": range(k.size), "rzeczywista": words(k, *names), "przewidziana": words(said, *names)}
    )
    return right(
        "multiclass", [share(k, said)], ("owoce.txt", frame.to_csv(index=False, sep="\t").encode("utf-16"))
    )


@unseen
def portuguese_models() -> Case:
    """Portuguese: the real class and two models' probabilities of fraud."""
    y, p = two(1123)
    q = again(1124, y)
    table = {
        "id_transacao": range(y.size),
        "valor": rng_of(1123).gamma(2, 80, y.size).round(2),
        "fraude_real": words(y, "não", "sim"),
        "prob_fraude_modelo_a": p,
        "prob_fraude_modelo_b": q,
    }
    return right("binary", [auc(y, p), ap(y, p), auc(y, q)], csv("fraude.csv", table))


@unseen
def arrays_of_targets_and_outputs() -> Case:
    """A training loop's archive: outputs are logits of shape (n, K), targets whole numbers."""
    k, m = several(1125, 4)
    logits = np.log(m).astype(np.float32)
    figures = [share(k, logits.argmax(axis=1))]
    return right(
        "multiclass", figures, npz("epoch_30.npz", outputs=logits, targets=k, indices=np.arange(k.size))
    )


@unseen
def column_of_one_output() -> Case:
    """Keras' model.predict of one sigmoid: shape (n, 1), beside labels of shape (n,)."""
    y, p = two(1126)
    return right(
        "binary",
        [auc(y, p), ap(y, p)],
        npz("test_predictions.npz", x_pred=p.reshape(-1, 1), y_test=y.astype(float)),
    )
