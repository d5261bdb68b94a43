"""Two classes, as the fields of science and business write them."""

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
def medical_centres() -> Layout:
    y, p = two(101)
    table = {"image_id": [f"IM{i:04d}.dcm" for i in range(y.size)], "y_true": y, "y_prob": p,
             "center": words(np.arange(y.size) % 3, "Basel", "Bern", "Lyon"), "fold": np.arange(y.size) % 5}  # fmt: skip
    return Layout((csv("preds.csv", table),), truth="y_true", positive="1", actual=y, scores=(p,))


@published
def breast_cancer_letters() -> Layout:
    y, p = two(102)
    table = {"id": 800000 + rng_of(102).permutation(y.size), "diagnosis": words(y, "B", "M"),
             "predicted": words(p > 0.5, "B", "M"), "probability": p}  # fmt: skip
    return Layout((csv("wdbc.csv", table),), truth="diagnosis", positive="M", actual=y, scores=(p,), may_ask=POSITIVE)


@published
def benign_malignant() -> Layout:
    y, p = two(103)
    table = {"image_name": [f"ISIC_{i:07d}" for i in range(y.size)],
             "benign_malignant": words(y, "benign", "malignant"), "target_prob": p}  # fmt: skip
    return Layout((csv("isic.csv", table),), truth="benign_malignant", positive="malignant", actual=y, scores=(p,))


@published
def german_credit_good_bad() -> Layout:
    y, p = two(104)
    rng = rng_of(104)
    table = {"duration": rng.integers(4, 72, y.size), "amount": rng.integers(250, 18000, y.size),
             "foreign_worker": words(rng.random(y.size) < 0.9, "no", "yes"), "class": words(y, "good", "bad"),
             "prob_bad": p}  # fmt: skip
    return Layout((csv("credit.csv", table),), truth="class", positive="bad", actual=y, scores=(p,))


@published
def credit_one_two() -> Layout:
    y, p = two(105)
    table = {"Creditability": y + 1, "score": p, "prediction": (p > 0.5) + 1}
    return Layout((csv("german.csv", table),), truth="Creditability", positive="2", actual=y, scores=(p,),
                  may_ask=POSITIVE)  # fmt: skip


@published
def sms_spam() -> Layout:
    y, p = two(106)
    table = {"v1": words(y, "ham", "spam"), "v2": [f"free entry no {i}, call now!" for i in range(y.size)], "spam_prob": p}
    return Layout((csv("sms.csv", table),), truth="v1", positive="spam", actual=y, scores=(p,))


@published
def percent_texts() -> Layout:
    y, p = two(107)
    table = {"Case": range(1, y.size + 1), "Ground Truth": words(y, "Negative", "Positive"),
             "AI Probability": [f"{100 * a:.1f}%" for a in p]}  # fmt: skip
    return Layout((csv("reader.csv", table),), truth="Ground Truth", positive="Positive", actual=y,
                  scores=((100 * p).round(1),))  # fmt: skip


@published
def german_semicolons() -> Layout:
    y, p = two(108)
    table = pd.DataFrame({"Kennung": [f"K{i}" for i in range(y.size)], "Tatsächlich": words(y, "nein", "ja"),
                          "Vorhersage": words(p > 0.5, "nein", "ja"), "Wahrscheinlichkeit": p})  # fmt: skip
    content = table.to_csv(index=False, sep=";", decimal=",").encode("cp1252")
    return Layout((("ergebnis.csv", content),), truth="Tatsächlich", positive="ja", actual=y, scores=(p,))


@published
def french_columns() -> Layout:
    y, p = two(109)
    table = {"vérité": words(y, "non", "oui"), "prédiction": words(p > 0.5, "non", "oui"), "probabilité": p}
    return Layout((csv("sortie.csv", table, sep=";", decimal=","),), truth="vérité", positive="oui", actual=y, scores=(p,))


@published
def spanish_columns() -> Layout:
    y, p = two(110)
    table = {"id": range(y.size), "real": words(y, "no", "sí"), "predicho": words(p > 0.5, "no", "sí"), "probabilidad": p}
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
    table = {"Loan_ID": [f"LP{i:06d}" for i in range(y.size)], "Gender": words(rng.random(y.size) < 0.8, "Female", "Male"),
             "Married": words(rng.random(y.size) < 0.6, "No", "Yes"), "Credit_History": (rng.random(y.size) < 0.8).astype(float),
             "Loan_Status": words(y, "N", "Y"), "Predicted_Prob": p}  # fmt: skip
    return Layout((csv("loans.csv", table),), truth="Loan_Status", positive="Y", actual=y, scores=(p,))


@published
def r_logical_fraud() -> Layout:
    y, p = two(114)
    table = {"is_fraud": words(y, "FALSE", "TRUE"), ".pred_FALSE": 1 - p, ".pred_TRUE": p}
    return Layout((csv("fraud.csv", table),), truth="is_fraud", positive="True", actual=y, scores=(p,))


@published
def titanic_with_features() -> Layout:
    y, p = two(115)
    rng = rng_of(115)
    table = {"PassengerId": range(892, 892 + y.size), "Pclass": rng.integers(1, 4, y.size),
             "Sex": words(rng.random(y.size) < 0.75 * y + 0.1, "male", "female"), "Age": rng.integers(1, 80, y.size).astype(float),
             "SibSp": rng.integers(0, 3, y.size), "Parch": rng.integers(0, 3, y.size), "Fare": rng.gamma(2, 15, y.size).round(2),
             "Embarked": words(rng.integers(0, 3, y.size), "C", "Q", "S"), "Survived": y,
             "Survived_pred": (p > 0.5).astype(int), "Survived_proba": p}  # fmt: skip
    return Layout((csv("titanic.csv", table),), truth="Survived", positive="1", actual=y, scores=(p,))


@published
def correlated_flags_unnamed_truth() -> Layout:
    y, p = two(116)
    rng = rng_of(116)
    readmitted = np.where(rng.random(y.size) < 0.1, 1 - y, y)
    table = {"mrn": range(7000, 7000 + y.size), "icu30": readmitted, "readmit30": y, "risk_score": p}
    return Layout((csv("readmissions.csv", table),), positive="1", truth="readmit30", actual=y, scores=(p,),
                  asked=frozenset({"truth"}))  # fmt: skip


@published
def train_test_split_column() -> Layout:
    y, p = two(117)
    split = words(np.arange(y.size) % 4 == 3, "train", "test")
    return Layout((csv("all.csv", {"split": split, "y": y, "p": p}),), truth="y", positive="1", actual=y, scores=(p,),
                  asked=frozenset({"split"}))  # fmt: skip


@published
def compas_scores() -> Layout:
    y, p = two(118, 400, 0.45)
    rng = rng_of(118)
    decile = np.clip(np.ceil(p * 10), 1, 10).astype(int)
    table = {"id": range(1, y.size + 1), "sex": words(rng.random(y.size) < 0.8, "Female", "Male"),
             "age": rng.integers(18, 70, y.size), "race": words(rng.integers(0, 3, y.size), "African-American", "Caucasian", "Other"),
             "juv_fel_count": rng.poisson(0.1, y.size), "decile_score": decile, "priors_count": rng.poisson(3 * p),
             "c_charge_degree": words(rng.random(y.size) < 0.6, "M", "F"),
             "score_text": np.select([decile < 5, decile < 8], ["Low", "Medium"], "High"),
             "is_violent_recid": np.where(rng.random(y.size) < 0.3, y, 0),
             "v_decile_score": np.clip(decile + rng.integers(-2, 3, y.size), 1, 10), "two_year_recid": y}  # fmt: skip
    return Layout((csv("compas-scores-two-years.csv", table),), truth="two_year_recid", positive="1", actual=y,
                  scores=(decile,), may_ask=frozenset({"truth"}))  # fmt: skip


@published
def fairlearn_sensitive() -> Layout:
    y, p = two(119)
    table = {"y_true": y, "y_pred": (p > 0.5).astype(int), "sensitive_feature": words(np.arange(y.size) % 2, "F", "M")}
    return Layout((csv("fair.csv", table),), truth="y_true", positive="1", actual=y, scores=((p > 0.5).astype(int),))


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
    table = {"file": [f"img_{i}.png" for i in range(y.size)], "correct": called == y, "y_true": y, "y_pred": called, "prob": p}
    return Layout((csv("rows.csv", table),), truth="y_true", positive="1", actual=y, scores=(p,))


@published
def guesses_true_labels_correct() -> Layout:
    y, p = two(122)
    called = (p > 0.5).astype(int)
    table = {"Guesses": called, "True Labels": y, "Correct": called == y}
    return Layout((csv("net.csv", table),), truth="True Labels", positive="1", actual=y, scores=(called,))


@published
def detector_matches() -> Layout:
    y, p = two(123, prevalence=0.6)
    rng = rng_of(123)
    box = {name: rng.integers(0, 640, y.size) for name in ("xmin", "ymin", "xmax", "ymax")}
    table = {"image_id": [f"{i // 4:06d}.jpg" for i in range(y.size)], "confidence": p, **box, "is_true_positive": y}
    return Layout((csv("detections.csv", table),), truth="is_true_positive", positive="1", actual=y, scores=(p,))


@published
def asvspoof_keys() -> Layout:
    y, p = two(124)
    z = np.log(p / (1 - p)).round(6)
    lines = [f"LA_E_{1000000 + i} {'-' if a else f'A{7 + i % 13:02d}'} {'bonafide' if a else 'spoof'} {b}"
             for i, (a, b) in enumerate(zip(y, z, strict=True))]  # fmt: skip
    return Layout((("cm_scores.txt", "\n".join(lines).encode()),), truth="column_3", positive="bonafide", actual=y,
                  scores=(z,), may_ask=POSITIVE | {"scores", "truth"})  # fmt: skip


@published
def face_pairs_by_distance() -> Layout:
    y, p = two(125, prevalence=0.5)
    table = {"pair": range(y.size), "img1": [f"a/a_{i:04d}.jpg" for i in range(y.size)],
             "img2": [f"b/b_{i:04d}.jpg" for i in range(y.size)], "is_same": y, "distance": (1.8 - 1.5 * p).round(5)}  # fmt: skip
    return Layout((csv("lfw.csv", table),), truth="is_same", positive="1", actual=y, scores=(p,),
                  may_ask=frozenset({"scores"}))  # fmt: skip


@published
def speaker_trials() -> Layout:
    y, p = two(126, prevalence=0.2)
    llr = np.log(p / (1 - p)).round(4)
    table = {"modelid": [f"{1000 + i // 8}_sre" for i in range(y.size)], "segmentid": [f"t{i}_sre.sph" for i in range(y.size)],
             "targettype": words(y, "nontarget", "target"), "LLR": llr}  # fmt: skip
    return Layout((csv("trials.tsv", table, sep="\t"),), truth="targettype", positive="target", actual=y, scores=(llr,))


@published
def nab_anomalies() -> Layout:
    y, p = two(127, prevalence=0.1)
    table = {"timestamp": pd.date_range("2014-04-01", periods=y.size, freq="5min").astype(str),
             "value": rng_of(127).normal(60, 9, y.size).round(3), "anomaly_score": p, "label": y}  # fmt: skip
    return Layout((csv("numenta_cpu.csv", table),), truth="label", positive="1", actual=y, scores=(p,))


@published
def variant_calls() -> Layout:
    y, p = two(128, prevalence=0.7)
    rng = rng_of(128)
    bases = np.array(list("ACGT"))
    head = "##fileformat=calls\n##source=deepcaller\n#CHROM\tPOS\tREF\tALT\tQUAL\tTRUTH\tSCORE\n"
    rows = [f"chr{1 + i // 100}\t{10000 + 37 * i}\t{bases[rng.integers(4)]}\t{bases[rng.integers(4)]}\t{rng.integers(3, 60)}\t"
            f"{'TP' if a else 'FP'}\t{b}" for i, (a, b) in enumerate(zip(y, p, strict=True))]  # fmt: skip
    return Layout((("calls.tsv", (head + "\n".join(rows) + "\n").encode()),), truth="TRUTH", positive="TP", actual=y, scores=(p,),
                  may_ask=POSITIVE)  # fmt: skip


@published
def seizure_epochs() -> Layout:
    y, p = two(129)
    table = {"subject": [f"chb{1 + i // 60:02d}" for i in range(y.size)], "epoch": np.arange(y.size) % 60, "y_true": y, "y_score": p}
    return Layout((csv("eeg.csv", table),), truth="y_true", positive="1", actual=y, scores=(p,))


@published
def card_fraud_thousandths() -> Layout:
    y, p = two(130, prevalence=0.15)
    rng = rng_of(130)
    table = {"TransactionID": range(2987000, 2987000 + y.size), "TransactionDT": np.cumsum(rng.integers(1, 90, y.size)),
             "TransactionAmt": rng.gamma(2, 60, y.size).round(2), "card4": words(rng.integers(0, 2, y.size), "visa", "mastercard"),
             "isFraud": y, "fraud_score": (1000 * p).round().astype(int)}  # fmt: skip
    return Layout((csv("tx.csv", table),), truth="isFraud", positive="1", actual=y, scores=((1000 * p).round(),))


@published
def telco_churn_yes_no() -> Layout:
    y, p = two(131)
    rng = rng_of(131)
    yes = {name: words(rng.random(y.size) < 0.5, "No", "Yes") for name in ("Partner", "Dependents", "PaperlessBilling")}
    table = {"customerID": [f"{i:04d}-ABCDE" for i in range(y.size)], **yes, "tenure": rng.integers(0, 72, y.size),
             "MonthlyCharges": rng.normal(65, 20, y.size).round(2), "Churn": words(y, "No", "Yes"), "Churn_Prob": p}  # fmt: skip
    return Layout((csv("telco.csv", table),), truth="Churn", positive="Yes", actual=y, scores=(p,))


@published
def features_in_the_unit_interval() -> Layout:
    y, p = two(132)
    rng = rng_of(132)
    features = {f"feat_{i}": np.clip(rng.random(y.size) * 0.8 + 0.2 * y, 0, 1).round(4) for i in range(8)}
    flags = {"has_phone": np.where(rng.random(y.size) < 0.2, 1 - y, y), "has_mail": rng.integers(0, 2, y.size)}
    table = {**features, **flags, "default": y, "model_score": p}
    return Layout((csv("scored.csv", table),), truth="default", positive="1", actual=y, scores=(p,), may_ask=frozenset({"truth"}))


@published
def home_credit() -> Layout:
    y, p = two(133, prevalence=0.12)
    table = {"SK_ID_CURR": range(100001, 100001 + y.size), "TARGET": y, "EXT_SOURCE_2": rng_of(133).random(y.size), "PRED": p}
    return Layout((csv("hc.csv", table),), truth="TARGET", positive="1", actual=y, scores=(p,))


@published
def click_through() -> Layout:
    y, p = two(134, prevalence=0.1)
    table = {"user_id": rng_of(134).integers(0, 50, y.size), "item_id": rng_of(135).integers(0, 900, y.size), "click": y, "pctr": p}
    return Layout((csv("ctr.csv", table),), truth="click", positive="1", actual=y, scores=(p,))


@published
def molecules() -> Layout:
    y, p = two(135)
    table = {"smiles": [f"CC(=O)N{'C' * (i % 30)}{i}" for i in range(y.size)], "active": y, "pred_active": p}
    return Layout((csv("screen.csv", table),), truth="active", positive="1", actual=y, scores=(p,))


@published
def survival_risk() -> Layout:
    y, p = two(136)
    table = {"patient": range(y.size), "time": rng_of(136).exponential(30, y.size).round(1), "event": y, "risk_score": p}
    return Layout((csv("surv.csv", table),), truth="event", positive="1", actual=y, scores=(p,))


@published
def long_by_model() -> Layout:
    y, p = two(137)
    other = again(137, y)
    ids = np.arange(y.size)
    table = {"model": ["resnet"] * y.size + ["vit"] * y.size, "sample_id": [*ids, *ids], "label": [*y, *y], "score": [*p, *other]}
    return Layout((csv("long.csv", table),), truth="label", positive="1", actual=y, scores=(p, other))


@published
def aneurysm_haemorrhage_features() -> Layout:
    """As pROC's aSAH: an outcome and raw biomarkers, none of which is called a score."""
    y, p = two(138)
    rng = rng_of(138)
    table = {"gos6": rng.integers(1, 6, y.size), "outcome": words(y, "Good", "Poor"), "gender": words(y * 0 + (rng.random(y.size) < 0.6), "Male", "Female"),
             "age": rng.integers(20, 80, y.size), "wfns": rng.integers(1, 6, y.size), "s100b": (p * 2).round(2),
             "ndka": rng.gamma(2, 8, y.size).round(2)}  # fmt: skip
    return Layout((csv("aSAH.csv", table, index=True),), truth="outcome", positive="Poor", actual=y,
                  scores=((p * 2).round(2),), asked=frozenset({"scores"}), may_ask=POSITIVE)  # fmt: skip


@published
def weighted_survey() -> Layout:
    y, p = two(139)
    table = {"y": y, "p_hat": p, "sample_weight": rng_of(139).gamma(2, 3, y.size).round(3)}
    return Layout((csv("survey.csv", table),), truth="y", positive="1", actual=y, scores=(p,), may_ask=frozenset({"weight"}))


@published
def kaggle_with_solution() -> Layout:
    y, p = two(140)
    ids = [f"t{i:05d}" for i in range(y.size)]
    usage = words(np.arange(y.size) % 3 == 0, "Private", "Public")
    order = rng_of(140).permutation(y.size)
    submission = pd.DataFrame({"id": ids, "target": p}).iloc[order]
    return Layout((csv("submission.csv", submission), csv("solution.csv", {"id": ids, "target": y, "Usage": usage})),
                  positive="1", actual=y, scores=(p,), may_ask=frozenset({"split"}))  # fmt: skip


@published
def booster_lines_and_truth() -> Layout:
    y, p = two(141)
    preds = "\n".join(map(str, p)) + "\n"
    return Layout((("LightGBM_predict_result.txt", preds.encode()), csv("y_test.csv", {"y": y})), positive="1",
                  actual=y, scores=(p,))  # fmt: skip


@published
def missing_truths_in_between() -> Layout:
    y, p = two(142)
    truth = y.astype(float)
    truth[::9] = np.nan
    return Layout((csv("partly.csv", {"uid": range(y.size), "ground_truth": truth, "prob": p}),), truth="ground_truth",
                  positive="1", actual=truth, scores=(p,))  # fmt: skip


@published
def phishing_urls() -> Layout:
    y, p = two(143)
    table = {"url": [f"https://site{i}.example/login" for i in range(y.size)], "status": words(y, "legitimate", "phishing"),
             "phishing_probability": p, "verdict": words(p > 0.7, "legitimate", "phishing")}  # fmt: skip
    return Layout((csv("urls.csv", table),), truth="status", positive="phishing", actual=y, scores=(p,),
                  may_ask=frozenset({"truth"}))  # fmt: skip


@published
def hard_labels_of_three_models() -> Layout:
    y, p = two(144)
    calls = [(again(i, y) > 0.5).astype(int) for i in (1, 2)] + [(p > 0.5).astype(int)]
    table = {"y_test": y, "pred_knn": calls[0], "pred_svm": calls[1], "pred_rf": calls[2]}
    return Layout((csv("hard.csv", table),), truth="y_test", positive="1", actual=y, scores=tuple(calls))


@published
def judge_of_answers() -> Layout:
    y, p = two(145)
    table = {"question": [f"is {i} prime or not" for i in range(y.size)], "human_label": words(y, "incorrect", "correct"),
             "judge_score": np.round(1 + 9 * p)}  # fmt: skip
    return Layout((csv("judge.csv", table),), truth="human_label", positive="correct", actual=y,
                  scores=(np.round(1 + 9 * p),), may_ask=POSITIVE)  # fmt: skip
