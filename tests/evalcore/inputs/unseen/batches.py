"""Unseen layouts of services, judges and documents: batch outputs, records, nested answers."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

import numpy as np
import pandas as pd

from tests.evalcore.inputs.published.simulated import again, csv, rng_of, several, two, words
from tests.evalcore.inputs.unseen.challenges import ap
from tests.evalcore.inputs.unseen.layouts import auc, right, share, text, unseen
from tests.recognition import Case


@unseen
def autopilot_inference() -> Case:
    """SageMaker Autopilot: label, its probability, and the lists of all labels and probabilities."""
    y, p = two(1201)
    said = (p > 0.5).astype(int)
    table = {
        "y": words(y, "no", "yes"),
        "predicted_label": words(said, "no", "yes"),
        "probability": np.where(said == 1, p, 1 - p).round(6),
        "labels": "['no', 'yes']",
        "probabilities": [f"[{1 - v:.6f}, {v:.6f}]" for v in p],
    }
    return right("binary", [auc(y, p), ap(y, p), share(y, said)], csv("inference.csv", table))


@unseen
def bigquery_rows_of_probabilities() -> Case:
    """BigQuery ML, unnested: each case once for every class, with that class's probability."""
    k, m = several(1202, 3, n=100)
    m = m.round(6)
    names = np.array(["Adelie", "Chinstrap", "Gentoo"], dtype=object)
    rows = [
        {
            "penguin_id": i,
            "species": names[k[i]],
            "predicted_species": names[m[i].argmax()],
            "label": names[j],
            "prob": m[i, j],
        }
        for i in range(k.size)
        for j in np.argsort(-m[i])
    ]
    return right("multiclass", [share(k, m.argmax(axis=1))], csv("bq.csv", pd.DataFrame(rows)))


@unseen
def vision_tags() -> Case:
    """A vision service: each image with its actual tag and a list of tags with probabilities, best first."""
    k, m = several(1203, 3, n=90)
    m = m.round(6)
    names = ["cracked", "intact", "stained"]
    records = [
        {
            "image": f"tile_{i:03d}.jpg",
            "actual": names[k[i]],
            "predictions": [{"tagName": names[j], "probability": m[i, j]} for j in np.argsort(-m[i])],
        }
        for i in range(k.size)
    ]
    figures = [share(k, m.argmax(axis=1))]
    return right("multiclass", figures, ("predictions.json", json.dumps(records).encode()))


@unseen
def mlflow_split_document() -> Case:
    """MLflow's evaluation table: columns and data apart."""
    y, p = two(1204)
    data = [[i, int(a), int(b > 0.5), float(b)] for i, (a, b) in enumerate(zip(y, p, strict=True))]
    document = {"columns": ["customer", "label", "prediction", "prediction_score"], "data": data}
    return right("binary", [auc(y, p), ap(y, p)], ("eval_results_table.json", json.dumps(document).encode()))


@unseen
def label_studio_tasks() -> Case:
    """Label Studio: a task with people's choice and a model's choice, both deep within."""
    k, m = several(1205, 3, n=80)
    said = m.argmax(axis=1)
    names = ["Negative", "Neutral", "Positive"]

    def choice(name: str) -> list[object]:
        return [
            {"from_name": "sentiment", "to_name": "text", "type": "choices", "value": {"choices": [name]}}
        ]

    tasks = [
        {
            "id": 100 + i,
            "data": {"text": f"Sentence number {i}"},
            "annotations": [{"id": 500 + i, "completed_by": 1, "result": choice(names[k[i]])}],
            "predictions": [
                {"model_version": "v3", "score": float(m[i].max()), "result": choice(names[said[i]])}
            ],
        }
        for i in range(k.size)
    ]
    return right("multiclass", [share(k, said)], ("project-3.json", json.dumps(tasks).encode()))


@unseen
def coco_categories() -> Case:
    """COCO's shape for whole images: annotations with categories, and results with category and score."""
    k, m = several(1206, 3, n=90)
    said = m.argmax(axis=1)
    key = {
        "info": {"year": 2024},
        "images": [
            {"id": i, "file_name": f"{i:06d}.jpg", "width": 640, "height": 480} for i in range(k.size)
        ],
        "categories": [{"id": j + 1, "name": n} for j, n in enumerate(["deer", "boar", "empty"])],
        "annotations": [{"id": 9000 + i, "image_id": i, "category_id": int(k[i]) + 1} for i in range(k.size)],
    }
    out = [
        {"image_id": i, "category_id": int(said[i]) + 1, "score": round(float(m[i].max()), 5)}
        for i in range(k.size)
    ]
    return right(
        "multiclass",
        [share(k, said)],
        ("instances_val.json", json.dumps(key).encode()),
        ("results.json", json.dumps(out).encode()),
    )


@unseen
def evaluate_lists() -> Case:
    """Hugging Face's evaluate: a document of two lists, references and predictions."""
    k, m = several(1207, 3)
    said = m.argmax(axis=1)
    document = {"predictions": said.tolist(), "references": k.tolist()}
    return right("multiclass", [share(k, said)], ("outputs.json", json.dumps(document).encode()))


@unseen
def glue_results_beside_dev() -> Case:
    """GLUE: dev.tsv with sentences and labels, and the trainer's file of index and prediction."""
    y, p = two(1208)
    said = (p > 0.5).astype(int)
    dev = {"sentence": [f"it 's a charming journey , take {i}" for i in range(y.size)], "label": y}
    out = {"index": range(y.size), "prediction": said}
    return right(
        "binary",
        [share(y, said)],
        csv("dev.tsv", dev, sep="\t"),
        csv("predict_results_sst2.txt", out, sep="\t"),
    )


@unseen
def guard_with_log_probabilities() -> Case:
    """A guard model: the gold word, the model's word, and both words' log probabilities."""
    y, p = two(1209)
    lines = [
        json.dumps(
            {
                "id": f"prompt-{i}",
                "prompt": f"How do I do thing {i}?",
                "gold": ("safe", "unsafe")[a],
                "model_output": ("safe", "unsafe")[int(b > 0.5)],
                "logprobs": {"safe": round(float(np.log(1 - b)), 6), "unsafe": round(float(np.log(b)), 6)},
            }
        )
        for i, (a, b) in enumerate(zip(y, p, strict=True))
    ]
    return right("binary", [auc(y, p), share(y, p > 0.5)], text("guard.jsonl", lines))


@unseen
def grades_of_person_and_judge() -> Case:
    """A judge's grades of 1 to 5 and a person's, with the judge's reasons."""
    k, m = several(1210, 5)
    said = m.argmax(axis=1)
    lines = [
        json.dumps(
            {
                "question": f"What is {i} plus one?",
                "answer": f"It is {i + 1}.",
                "human_score": int(a) + 1,
                "llm_score": int(b) + 1,
                "rationale": "The answer is short.",
            }
        )
        for i, (a, b) in enumerate(zip(k, said, strict=True))
    ]
    return right("multiclass", [share(k, said)], text("judged.jsonl", lines))


@unseen
def choices_of_an_agent_evaluation() -> Case:
    """Inspect: the target letter, the completion deep within, and C or I for correct and incorrect."""
    rng = rng_of(1211)
    target = rng.integers(0, 4, 90)
    said = np.where(rng.random(90) < 0.7, target, rng.integers(0, 4, 90))
    lines = [
        json.dumps(
            {
                "id": i + 1,
                "epoch": 1,
                "target": "ABCD"[t],
                "output": {"model": "some-model", "completion": "ABCD"[s]},
                "scores": {"choice": {"value": "C" if t == s else "I", "answer": "ABCD"[s]}},
            }
        )
        for i, (t, s) in enumerate(zip(target, said, strict=True))
    ]
    return right("multiclass", [share(target, said)], text("samples.jsonl", lines))


@unseen
def tags_with_scores_of_each() -> Case:
    """Records of several labels: lists of true and predicted ones, and a document of every label's score."""
    names = ["billing", "login", "refund"]
    pairs = [two(1212 + i, prevalence=0.4) for i in range(3)]
    lines = [
        json.dumps(
            {
                "ticket": f"T-{i}",
                "labels": [n for n, (y, _) in zip(names, pairs, strict=True) if y[i]],
                "predicted": [n for n, (_, p) in zip(names, pairs, strict=True) if p[i] > 0.5],
                "scores": {n: float(p[i]) for n, (_, p) in zip(names, pairs, strict=True)},
            }
        )
        for i in range(pairs[0][0].size)
    ]
    return right("multilabel", [auc(y, p) for y, p in pairs], text("tickets.jsonl", lines))


@unseen
def face_attributes_of_two_outputs() -> Case:
    """Two outputs, each with its truth and its prediction: gender and age group."""
    g, a = two(1216)
    k, m = several(1217, 4)
    ages = ("0-19", "20-39", "40-59", "60+")
    table = {
        "file": [f"val/{i}.jpg" for i in range(g.size)],
        "gender_true": words(g, "Female", "Male"),
        "gender_pred": words(a > 0.5, "Female", "Male"),
        "age_true": words(k, *ages),
        "age_pred": words(m.argmax(axis=1), *ages),
    }
    return right("multioutput", [share(g, a > 0.5), share(k, m.argmax(axis=1))], csv("fairface.csv", table))


@unseen
def tokens_of_conll() -> Case:
    """conlleval's file: token, part of speech, gold and predicted tag, a blank line between sentences."""
    rng = rng_of(1218)
    tags = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC"]
    gold = rng.choice(6, 400, p=[0.6, 0.1, 0.08, 0.09, 0.06, 0.07])
    said = np.where(rng.random(400) < 0.88, gold, rng.integers(0, 6, 400))
    lines = []
    for i, (a, b) in enumerate(zip(gold, said, strict=True)):
        lines.append(f"word{i} {'NNP' if a else 'VB'} {tags[a]} {tags[b]}")
        if i % 12 == 11:
            lines.append("")
    return right("multiclass", [share(gold, said)], text("eval.conll.txt", lines))


@unseen
def zipped_key_and_answers() -> Case:
    """An archive with the key and the answers, in a folder, beside a note."""
    y, p = two(1219)
    ids = [f"u{i}" for i in range(y.size)]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("run7/README.txt", "Best run so far.\n")
        archive.writestr("run7/truth.csv", csv("t", {"uid": ids, "is_bot": y})[1])
        archive.writestr("run7/scores.csv", csv("s", {"uid": ids[::-1], "bot_probability": p[::-1]})[1])
    return right("binary", [auc(y, p), ap(y, p)], ("run7.zip", buffer.getvalue()))


@unseen
def packed_lines_of_records() -> Case:
    """Packed lines of JSON with a logit and the true intent."""
    y, p = two(1220)
    logit = np.log(p / (1 - p)).round(5)
    lines = [
        json.dumps({"utt_id": i, "gold": bool(a), "logit": float(b)})
        for i, (a, b) in enumerate(zip(y, logit, strict=True))
    ]
    return right(
        "binary", [auc(y, logit), ap(y, logit)], ("wake.jsonl.gz", gzip.compress("\n".join(lines).encode()))
    )


@unseen
def workbook_with_title_and_total() -> Case:
    """A workbook: two lines of title, a blank one, the header, the cases, and a total below."""
    y, p = two(1221)
    blank = [None, None]
    rows = [
        ["Credit model review", *blank],
        ["Printed 3 May 2024", *blank],
        [None, *blank],
        ["Loan no.", "Defaulted", "PD model"],
    ]
    rows += [[10000 + i, ("N", "Y")[a], float(b)] for i, (a, b) in enumerate(zip(y, p, strict=True))]
    rows.append(["Total", int(y.sum()), float(p.mean())])
    buffer = io.BytesIO()
    pd.DataFrame(rows).to_excel(buffer, index=False, header=False)
    return right("binary", [auc(y, p), ap(y, p)], ("review.xlsx", buffer.getvalue()))


@unseen
def workbook_of_three_models() -> Case:
    """A workbook with the classes called good and bad, and three models' classes in columns of their names."""
    y, _ = two(1222)
    calls = {n: (again(1223 + i, y) > 0.5).astype(int) for i, n in enumerate(["Logit", "CART", "SVM (rbf)"])}
    table = {"Obs": range(1, y.size + 1), "Actual": words(y, "good", "bad")}
    table |= {n: words(v, "good", "bad") for n, v in calls.items()}
    buffer = io.BytesIO()
    pd.DataFrame(table).to_excel(buffer, index=False)
    return right("binary", [share(y, v) for v in calls.values()], ("models.xlsx", buffer.getvalue()))


@unseen
def three_models_of_four_classes_long() -> Case:
    """Long: a model, a case, its true and predicted class and the probability of what was predicted."""
    k, m = several(1226, 4, n=100)
    parts, figures = [], []
    for i, name in enumerate(["bert-base", "roberta", "distilbert"]):
        values = m if i == 0 else several(1226 + i, 4, n=100)[1] * 0.4 + m
        said = values.argmax(axis=1)
        figures.append(share(k, said))
        parts.append(
            pd.DataFrame(
                {
                    "model_name": name,
                    "example": range(100),
                    "gold": words(k, "joy", "anger", "fear", "sadness"),
                    "pred": words(said, "joy", "anger", "fear", "sadness"),
                    "max_prob": (values / values.sum(axis=1, keepdims=True)).max(axis=1).round(5),
                }
            )
        )
    return right("multiclass", figures, csv("emotions_long.csv", pd.concat(parts)))
