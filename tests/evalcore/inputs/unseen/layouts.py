"""Layouts of tools and fields that no rule was written for, each with its right reading decided beforehand."""

from __future__ import annotations

import io
import json
from collections.abc import Callable

import numpy as np
import pandas as pd
from sklearn.metrics import roc_auc_score

from tests.evalcore.inputs.published.simulated import Array, again, csv, parquet, rng_of, several, two, words
from tests.recognition import Case

UNSEEN: dict[str, Callable[[], Case]] = {}


def unseen(make: Callable[[], Case]) -> Callable[[], Case]:
    """Enter a layout into the list under its function's name."""
    UNSEEN[make.__name__] = make
    return make


def right(task: str, figures: list[float], *sources: object) -> Case:
    """A layout that is to be understood."""
    return Case("", sources, "right", task, tuple(map(float, figures)))


def no_predictions(*sources: object) -> Case:
    """A table that is to be refused, or asked about."""
    return Case("", sources, "refuse", None, ())


def auc(truth: Array, score: Array) -> float:
    return float(roc_auc_score(truth, score))


def share(one: Array, other: Array) -> float:
    return float((np.asarray(one) == np.asarray(other)).mean())


def text(name: str, lines: list[str]) -> tuple[str, bytes]:
    return name, ("\n".join(lines) + "\n").encode("utf-8")


@unseen
def openml_run_predictions() -> Case:
    """OpenML: `correct` is the truth, spelt out; the classes' confidences stand before the prediction."""
    y, p = two(901)
    head = [
        "@RELATION openml_task_31_predictions",
        "@ATTRIBUTE repeat NUMERIC",
        "@ATTRIBUTE fold NUMERIC",
        "@ATTRIBUTE row_id NUMERIC",
        "@ATTRIBUTE confidence.bad NUMERIC",
        "@ATTRIBUTE confidence.good NUMERIC",
        "@ATTRIBUTE prediction {bad,good}",
        "@ATTRIBUTE correct {bad,good}",
        "@DATA",
    ]
    said, true = words(p > 0.5, "good", "bad"), words(y, "good", "bad")
    rows = [f"0,{i % 10},{i},{p[i]},{1 - p[i]:.6f},{said[i]},{true[i]}" for i in range(y.size)]
    return right("binary", [auc(y, p), share(p > 0.5, y)], text("predictions.arff", [*head, *rows]))


@unseen
def prodigy_answers() -> Case:
    """Prodigy: a person accepts or rejects what a model scored."""
    y, p = two(902)
    lines = [
        json.dumps(
            {"text": f"line {i} of a mail", "label": "INVOICE", "score": float(p[i]), "answer": str(a)}
        )
        for i, a in enumerate(words(y, "reject", "accept"))
    ]
    return right("binary", [auc(y, p)], text("annotations.jsonl", lines))


@unseen
def plink_profile() -> Case:
    """A polygenic score: padded with blanks, cases are 2."""
    y, p = two(903)
    score = np.log(p / (1 - p)).round(6) * 1e-3
    lines = ["     FID     IID  PHENO    CNT   CNT2    SCORE"]
    lines += [
        f"  FAM{i:04d}  IND{i:04d}      {y[i] + 1}  {1200 + i % 7}  {300 + i % 11}  {score[i]:.9f}"
        for i in range(y.size)
    ]
    return right("binary", [auc(y, score.round(9))], text("prs.profile.txt", lines))


@unseen
def birads_of_a_reader() -> Case:
    """An ordinal score of five categories, and a truth whose codes stand in its header."""
    y, p = two(904)
    grade = np.digitize(p, [0.15, 0.3, 0.5, 0.7]) + 1
    table = {
        "Study ID": [f"BR-{i:03d}" for i in range(y.size)],
        "Age (years)": rng_of(904).integers(35, 80, y.size),
        "BI-RADS category": grade,
        "Pathology (0=benign, 1=malignant)": y,
    }
    return right("binary", [auc(y, grade)], csv("reader1.csv", table))


@unseen
def snowflake_predictions() -> Case:
    """Snowflake: upper case, both classes' probabilities, and the output column beside the label."""
    y, p = two(905)
    table = {
        "CUSTOMER_ID": range(7000, 7000 + y.size),
        "TENURE": rng_of(905).integers(1, 72, y.size),
        "CHURNED": y,
        "OUTPUT_CHURNED": (p > 0.5).astype(int),
        "PREDICT_PROBA_0": (1 - p).round(6),
        "PREDICT_PROBA_1": p,
    }
    return right("binary", [auc(y, p), share(p > 0.5, y)], csv("snow.csv", table))


@unseen
def harness_samples() -> Case:
    """A language model's harness: the target letter, the answers as nested lists, and whether they agree."""
    rng = rng_of(906)
    target = rng.integers(0, 4, 80)
    said = np.where(rng.random(80) < 0.7, target, rng.integers(0, 4, 80))
    lines = [
        json.dumps(
            {
                "doc_id": i,
                "target": "ABCD"[t],
                "resps": [["ABCD"[s]]],
                "filtered_resps": ["ABCD"[s]],
                "acc": float(t == s),
            }
        )
        for i, (t, s) in enumerate(zip(target, said, strict=True))
    ]
    return right("multiclass", [share(target, said)], text("samples_arc.jsonl", lines))


@unseen
def ideal_and_sampled() -> Case:
    """OpenAI's evals: the ideal answer, the sampled one, and whether they agree."""
    rng = rng_of(907)
    ideal = rng.integers(0, 3, 90)
    said = np.where(rng.random(90) < 0.75, ideal, rng.integers(0, 3, 90))
    names = ("entailment", "neutral", "contradiction")
    table = {
        "sample_id": [f"dev.{i}" for i in range(90)],
        "ideal": words(ideal, *names),
        "sampled": words(said, *names),
        "correct": ideal == said,
    }
    return right("multiclass", [share(ideal, said)], csv("evals.csv", table))


@unseen
def three_readers_of_zero_and_one() -> Case:
    """A gold standard and three readers who said 0 or 1."""
    y, _ = two(908)
    readers = {f"R{i + 1}": (again(9080 + i, y) > 0.5).astype(int) for i in range(3)}
    table = {"Patient": [f"P{i}" for i in range(y.size)], "Gold standard": y, **readers}
    return right("binary", [share(each, y) for each in readers.values()], csv("readers.csv", table))


@unseen
def turkish_columns() -> Case:
    """Turkish."""
    y, p = two(909)
    table = {
        "müşteri_no": range(y.size),
        "gerçek": words(y, "hayır", "evet"),
        "tahmin": words(p > 0.5, "hayır", "evet"),
        "olasılık": p,
    }
    return right("binary", [auc(y, p), share(p > 0.5, y)], csv("tahminler.csv", table, sep=";", decimal=","))


@unseen
def russian_columns() -> Case:
    """Russian, in the code page of Windows."""
    y, p = two(910)
    table = pd.DataFrame(
        {
            "номер": range(1, y.size + 1),
            "истина": words(y, "нет", "да"),
            "прогноз": words(p > 0.5, "нет", "да"),
            "вероятность": p,
        }
    )
    content = table.to_csv(index=False, sep=";", decimal=",").encode("cp1251")
    return right("binary", [auc(y, p), share(p > 0.5, y)], ("prognoz.csv", content))


@unseen
def korean_columns() -> Case:
    """Korean, three classes."""
    k, m = several(911, 3)
    names = ("양성", "악성", "정상")
    table = {"환자번호": range(k.size), "정답": words(k, *names), "예측": words(m.argmax(1), *names)}
    return right("multiclass", [share(k, m.argmax(1))], csv("결과.csv", table))


@unseen
def gene_ontology_terms() -> Case:
    """Labels that hold a colon and digits, a truth and a score each."""
    rng = rng_of(912)
    terms = ["GO:0008150", "GO:0003674", "GO:0005575", "GO:0016020"]
    truth = {each: (rng.random(120) < 0.4).astype(int) for each in terms}
    score = {each: again(9120 + i, truth[each]) for i, each in enumerate(terms)}
    table = {
        "protein": [f"P{i:05d}" for i in range(120)],
        **{f"truth_{each}": truth[each] for each in terms},
        **{f"pred_{each}": score[each] for each in terms},
    }
    return right("multilabel", [auc(truth[each], score[each]) for each in terms], csv("go.csv", table))


@unseen
def codes_of_diagnoses() -> Case:
    """Lists of codes with dots, divided by semicolons."""
    rng = rng_of(913)
    codes = ["I10", "E11.9", "J44.1", "N18.3", "F32.1"]
    truth = rng.random((100, 5)) < 0.45
    truth[:, 0] |= ~truth.any(axis=1)
    said = np.where(rng.random((100, 5)) < 0.85, truth, ~truth)
    said[:, 0] |= ~said.any(axis=1)
    table = {
        "admission": range(5000, 5100),
        "true_codes": [";".join(np.array(codes)[each]) for each in truth],
        "predicted_codes": [";".join(np.array(codes)[each]) for each in said],
    }
    return right("multilabel", [share(truth[:, i], said[:, i]) for i in range(5)], csv("icd.csv", table))


@unseen
def numbered_one_hot_and_softmax() -> Case:
    """One-hot and softmax side by side, numbered."""
    k, m = several(914, 4)
    m = m.round(6)
    table = {
        **{f"true_{i}": (k == i).astype(int) for i in range(4)},
        **{f"pred_{i}": m[:, i] for i in range(4)},
    }
    return right("multiclass", [share(k, m.argmax(1))], csv("val_outputs.csv", table))


@unseen
def attributes_ground_truth_and_detected() -> Case:
    """Two attributes, each as ground truth and as detected."""
    rng = rng_of(915)
    age, sex = rng.integers(0, 4, 150), rng.integers(0, 2, 150)
    age_said = np.where(rng.random(150) < 0.7, age, rng.integers(0, 4, 150))
    sex_said = np.where(rng.random(150) < 0.9, sex, 1 - sex)
    ages, sexes = ("0-17", "18-39", "40-64", "65+"), ("female", "male")
    table = {
        "frame": [f"f{i:05d}.jpg" for i in range(150)],
        "age_group_gt": words(age, *ages),
        "age_group_dt": words(age_said, *ages),
        "gender_gt": words(sex, *sexes),
        "gender_dt": words(sex_said, *sexes),
    }
    return right("multioutput", [share(age, age_said), share(sex, sex_said)], csv("attributes.csv", table))


@unseen
def bank_of_three_shares() -> Case:
    """A bank's default flag beside PD and LGD, which both lie from 0 to 1; only the PD is a probability of default."""
    y, p = two(925, prevalence=0.2)
    table = {
        "loan_id": range(y.size),
        "EAD": rng_of(925).integers(1000, 90000, y.size),
        "LGD": rng_of(926).beta(2, 3, y.size).round(4),
        "PD": p,
        "default_flag": y,
    }
    return right("binary", [auc(y, p)], csv("irb.csv", table))


@unseen
def forecast_of_rain() -> Case:
    """Weather: observed rain, and the forecast's chance in per cent."""
    y, p = two(927)
    chance = (100 * p).round().astype(int)
    table = {
        "station": words(np.arange(y.size) % 3, "EDDF", "EDDM", "EDDH"),
        "valid_time": pd.date_range("2024-01-01", periods=y.size, freq="6h"),
        "obs_rain": y,
        "fcst_pop": chance,
    }
    return right("binary", [auc(y, chance)], csv("verification.csv", table))


@unseen
def sepsis_challenge() -> Case:
    """PhysioNet: measurements with the truth in one file, predictions in the other, row by row, divided by bars."""
    y, p = two(928)
    rng = rng_of(928)
    truth = {
        "HR": rng.integers(55, 130, y.size),
        "Temp": rng.normal(37, 0.7, y.size).round(1),
        "ICULOS": np.arange(1, y.size + 1),
        "SepsisLabel": y,
    }
    said = {"PredictedProbability": p, "PredictedLabel": (p > 0.4).astype(int)}
    return right(
        "binary",
        [auc(y, p), share(p > 0.4, y)],
        csv("p000001.psv", truth, sep="|"),
        csv("p000001_out.psv", said, sep="|"),
    )


@unseen
def map_and_reference() -> Case:
    """An accuracy assessment of a map: reference class, map class, and the weight of each point's stratum."""
    rng = rng_of(929)
    ref = rng.integers(0, 4, 200)
    said = np.where(rng.random(200) < 0.8, ref, rng.integers(0, 4, 200))
    names = ("forest", "crop", "water", "urban")
    table = {
        "point": range(200),
        "lon": rng.uniform(5, 15, 200).round(5),
        "lat": rng.uniform(47, 55, 200).round(5),
        "map_class": words(said, *names),
        "ref_class": words(ref, *names),
    }
    return right("multiclass", [share(ref, said)], csv("accuracy_points.csv", table))


@unseen
def arena_winners() -> Case:
    """Which of two answers won, for people and for a judge that is a model."""
    rng = rng_of(930)
    human = rng.integers(0, 3, 120)
    judge = np.where(rng.random(120) < 0.66, human, rng.integers(0, 3, 120))
    names = ("model_a", "model_b", "tie")
    table = {
        "question_id": range(120),
        "model_a": "alpaca-13b",
        "model_b": "vicuna-13b",
        "human_winner": words(human, *names),
        "gpt4_winner": words(judge, *names),
    }
    return right("multiclass", [share(human, judge)], csv("arena.csv", table))


@unseen
def inspection_line() -> Case:
    """A production line: OK or NG by inspection and by the machine, which says how sure it is of its own word."""
    y, p = two(931)
    called = p > 0.5
    sure = np.where(called, 100 * p, 100 - 100 * p).round(2)
    table = {
        "Serial": [f"SN{i:06d}" for i in range(y.size)],
        "Inspection": words(y, "OK", "NG"),
        "AI_Judge": words(called, "OK", "NG"),
        "Confidence(%)": sure,
    }
    return right(
        "binary", [share(called, y), auc(y, np.where(called, sure, 100 - sure))], csv("line4.csv", table)
    )


@unseen
def runtime_dictionaries() -> Case:
    """ONNX: the output label and a dictionary of probabilities by class number, as parquet."""
    k, m = several(932, 3)
    frame = pd.DataFrame(
        {
            "target": k,
            "output_label": m.argmax(1),
            "output_probability": [str({i: round(float(v), 6) for i, v in enumerate(each)}) for each in m],
        }
    )
    return right("multiclass", [share(k, m.argmax(1))], parquet("onnx.parquet", frame))


@unseen
def perspective_scores() -> Case:
    """A flag by people and three attributes' scores in capitals: three models of it."""
    y, p = two(933)
    scores = {"TOXICITY": p, "SEVERE_TOXICITY": again(9331, y), "INSULT": again(9332, y)}
    table = {"comment_id": range(y.size), "is_toxic": y, **scores}
    return right("binary", [auc(y, each) for each in scores.values()], csv("perspective.csv", table))


@unseen
def workbook_with_a_cover_sheet() -> Case:
    """A workbook whose first sheet says what it is, and whose second has the cases."""
    y, p = two(934)
    cover = pd.DataFrame({"Report": ["Model: readmission v3", "Prepared by: QA"], "Date": ["2025-03-01", ""]})
    cases = pd.DataFrame(
        {
            "Encounter": range(y.size),
            "Readmitted within 30 days": words(y, "No", "Yes"),
            "Readmission risk": p,
        }
    )
    buffer = io.BytesIO()
    with pd.ExcelWriter(buffer) as book:
        cover.to_excel(book, sheet_name="Cover", index=False)
        cases.to_excel(book, sheet_name="Cases", index=False)
    return right("binary", [auc(y, p)], ("report.xlsx", buffer.getvalue()))


@unseen
def legal_review() -> Case:
    """Legal review: what lawyers coded, and the relevance score of an active learner, from 0 to 100."""
    y, p = two(935)
    score = (100 * p).round(1)
    table = {
        "DocID": [f"DOC{i:07d}" for i in range(y.size)],
        "Reviewer Coding": words(y, "Not Responsive", "Responsive"),
        "CAL Score": score,
        "Pages": rng_of(935).integers(1, 40, y.size),
    }
    return right("binary", [auc(y, score)], csv("review.csv", table))
