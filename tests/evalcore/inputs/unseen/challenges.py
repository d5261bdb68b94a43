"""Unseen layouts of challenges in medicine and nature: answers beside the key, mostly in two files."""

from __future__ import annotations

import numpy as np
import pandas as pd
from sklearn.metrics import average_precision_score, roc_auc_score

from tests.evalcore.inputs.published.simulated import Array, again, csv, npz, rng_of, several, two, words
from tests.evalcore.inputs.unseen.layouts import auc, right, share, text, unseen
from tests.recognition import Case


def ap(truth: Array, score: Array) -> float:
    """Unlike the area, this one changes where the wrong class is taken for the positive one."""
    return float(average_precision_score(truth, score))


@unseen
def heart_rhythm_answers() -> Case:
    """PhysioNet 2017: REFERENCE.csv and answers.txt, both a record and a letter, neither with a header."""
    k, m = several(1001, 4)
    said = m.argmax(axis=1)
    names = [f"A{i:05d}" for i in range(1, k.size + 1)]
    letters = ("N", "A", "O", "~")
    key = [f"{n},{x}" for n, x in zip(names, words(k, *letters), strict=True)]
    out = [f"{n},{x}" for n, x in zip(names, words(said, *letters), strict=True)]
    return right("multiclass", [share(k, said)], text("REFERENCE.csv", key), text("answers.txt", out))


@unseen
def prostate_marksheet() -> Case:
    """PI-CAI: a marksheet with clinical columns and YES or NO, and the algorithm's likelihoods."""
    y, p = two(1002)
    rng = rng_of(1002)
    ids = [f"{10000 + i}_{1000000 + i}" for i in range(y.size)]
    marks = {
        "patient_id": [each.split("_")[0] for each in ids],
        "study_id": [each.split("_")[1] for each in ids],
        "mri_date": ["2019-07-02"] * y.size,
        "patient_age": rng.integers(45, 82, y.size),
        "psa": rng.gamma(3, 3, y.size).round(1),
        "prostate_volume": rng.integers(20, 120, y.size),
        "case_csPCa": words(y, "NO", "YES"),
        "center": rng.choice(["RUMC", "PCNN", "ZGT"], y.size),
    }
    answers = {"study_id": marks["study_id"], "case_level_likelihood": p}
    return right("binary", [auc(y, p), ap(y, p)], csv("marksheet.csv", marks), csv("algorithm.csv", answers))


@unseen
def two_skin_tasks() -> Case:
    """ISIC 2017, part 3: two findings, the key with a header, the answers with the short names of theirs."""
    m, p = two(1003)
    s, q = two(1004)
    ids = [f"ISIC_{i:07d}" for i in range(m.size)]
    key = {"image_id": ids, "melanoma": m.astype(float), "seborrheic_keratosis": s.astype(float)}
    said = {"image_id": ids, "melanoma": p, "seborrheic_keratosis": q}
    return right(
        "multilabel",
        [auc(m, p), auc(s, q)],
        csv("ISIC-2017_Test_v2_Part3_GroundTruth.csv", key),
        csv("submission.csv", said),
    )


@unseen
def slides_with_tumour() -> Case:
    """CAMELYON16: the key without a header (slide, Tumor or Normal, size), the answers with the file's ending."""
    y, p = two(1005, n=130, prevalence=0.4)
    rng = rng_of(1005)
    names = [f"test_{i:03d}" for i in range(1, y.size + 1)]
    size = np.where(y == 1, rng.choice(["Macro", "Micro"], y.size), "None")
    key = [f"{n},{w},{s}" for n, w, s in zip(names, words(y, "Normal", "Tumor"), size, strict=True)]
    said = [f"{n},{x}" for n, x in zip(names, p, strict=True)]
    return right("binary", [auc(y, p), ap(y, p)], text("reference.csv", key), text("team.csv", said))


@unseen
def nodule_candidates() -> Case:
    """LUNA16: candidates with coordinates in millimetres, a class of 0 and 1, a probability."""
    y, p = two(1006, n=400, prevalence=0.1)
    rng = rng_of(1006)
    table = {
        "seriesuid": [f"1.3.6.1.4.1.14519.5.2.1.6279.6001.{100 + i // 20}" for i in range(y.size)],
        "coordX": rng.normal(0, 60, y.size).round(4),
        "coordY": rng.normal(0, 60, y.size).round(4),
        "coordZ": rng.normal(-150, 60, y.size).round(4),
        "class": y,
        "probability": p,
    }
    return right("binary", [auc(y, p), ap(y, p)], csv("candidates_scored.csv", table))


@unseen
def bone_studies() -> Case:
    """MURA: paths of studies and 0 or 1, twice, without headers."""
    y, p = two(1007)
    said = (p > 0.45).astype(int)
    paths = [
        f"MURA-v1.1/valid/XR_WRIST/patient{11185 + i}/study1_{w}/"
        for i, w in enumerate(words(y, "negative", "positive"))
    ]
    key = [f"{a},{b}" for a, b in zip(paths, y, strict=True)]
    out = [f"{a},{b}" for a, b in zip(paths, said, strict=True)]
    return right(
        "binary", [share(y, said)], text("valid_labeled_studies.csv", key), text("predictions.csv", out)
    )


@unseen
def nine_product_classes() -> Case:
    """Kaggle's Otto: a column for each of Class_1 to Class_9, and the solution with the class's name."""
    k, m = several(1008, 9)
    names = [f"Class_{i}" for i in range(1, 10)]
    out = pd.DataFrame(m.round(6), columns=names)
    out.insert(0, "id", range(1, k.size + 1))
    key = {"id": range(1, k.size + 1), "target": words(k, *names), "Usage": ["Private"] * k.size}
    figures = [share(k, m.round(6).argmax(axis=1))]
    return right("multiclass", figures, csv("submission.csv", out), csv("solution.csv", key))


@unseen
def leaf_disease() -> Case:
    """Kaggle's Cassava: image_id and label in both files, nothing else says which is which but the names."""
    k, m = several(1009, 5)
    said = m.argmax(axis=1)
    ids = [f"{100000 + 37 * i}.jpg" for i in range(k.size)]
    return right(
        "multiclass",
        [share(k, said)],
        csv("test_labels.csv", {"image_id": ids, "label": k}),
        csv("submission.csv", {"image_id": ids[::-1], "label": said[::-1]}),
    )


@unseen
def two_teams_of_melanoma() -> Case:
    """Two teams' submissions and the solution, all three of image_name and target."""
    y, p = two(1010)
    q = again(1011, y)
    ids = [f"ISIC_{52060 + i:07d}" for i in range(y.size)]
    return right(
        "binary",
        [auc(y, p), auc(y, q)],
        csv("team_a.csv", {"image_name": ids, "target": p}),
        csv("team_b.csv", {"image_name": ids, "target": q}),
        csv("ground_truth.csv", {"image_name": ids, "target": y}),
    )


@unseen
def chest_studies_of_five() -> Case:
    """CheXpert: `Study` and five findings, the key in 0 and 1, the answers in probabilities, other order."""
    names = ["Atelectasis", "Cardiomegaly", "Consolidation", "Edema", "Pleural Effusion"]
    pairs = [two(1012 + i, prevalence=0.3) for i in range(5)]
    ids = [f"CheXpert-v1.0/valid/patient{64541 + i}/study1" for i in range(pairs[0][0].size)]
    key = {"Study": ids} | {n: y for n, (y, _) in zip(names, pairs, strict=True)}
    said = pd.DataFrame({"Study": ids} | {n: p for n, (_, p) in zip(names, pairs, strict=True)})
    return right(
        "multilabel",
        [auc(y, p) for y, p in pairs],
        csv("groundtruth.csv", key),
        csv("predictions.csv", said.sample(frac=1, random_state=1)),
    )


@unseen
def intensive_care_outcomes() -> Case:
    """PhysioNet 2012: outcomes with two scores of severity and stays, and each record's risk."""
    y, p = two(1018, prevalence=0.2)
    rng = rng_of(1018)
    ids = [132539 + i for i in range(y.size)]
    key = {
        "RecordID": ids,
        "SAPS-I": rng.integers(0, 35, y.size),
        "SOFA": rng.integers(-1, 20, y.size),
        "Length_of_stay": rng.integers(1, 60, y.size),
        "Survival": np.where(y == 1, rng.integers(2, 60, y.size), -1),
        "In-hospital_death": y,
    }
    said = {"RecordID": ids, "Prediction": (p > 0.35).astype(int), "Risk": p}
    return right("binary", [auc(y, p), ap(y, p)], csv("Outcomes-c.txt", key), csv("output.txt", said))


@unseen
def heart_tracings_of_five_superclasses() -> Case:
    """PTB-XL: arrays of 0 and 1 and of probabilities, cases by superclasses, in an archive of arrays."""
    pairs = [two(1019 + i, prevalence=0.3) for i in range(5)]
    y = np.stack([a for a, _ in pairs], axis=1)
    p = np.stack([b for _, b in pairs], axis=1)
    return right("multilabel", [auc(a, b) for a, b in pairs], npz("ptbxl.npz", y_test=y, y_test_pred=p))


@unseen
def dream_gold_standard() -> Case:
    """DREAM: tab separated, ID and label, ID and confidence."""
    y, p = two(1025)
    ids = [f"S{i:04d}" for i in range(y.size)]
    return right(
        "binary",
        [auc(y, p), ap(y, p)],
        csv("goldstandard.tsv", {"ID": ids, "label": y}, sep="\t"),
        csv("prediction.tsv", {"ID": ids, "confidence": p}, sep="\t"),
    )


@unseen
def variants_of_proteins() -> Case:
    """AlphaMissense beside ClinVar: its class has a third value that the truth does not know."""
    y, p = two(1026, prevalence=0.45)
    rng = rng_of(1026)
    said = np.where(p > 0.564, "likely_pathogenic", np.where(p < 0.34, "likely_benign", "ambiguous"))
    table = {
        "uniprot_id": [f"P{rng.integers(10000, 99999)}" for _ in range(y.size)],
        "protein_variant": [f"A{i}V" for i in range(2, y.size + 2)],
        "am_pathogenicity": p,
        "am_class": said,
        "clinvar_label": words(y, "Benign", "Pathogenic"),
    }
    return right("binary", [auc(y, p), ap(y, p)], csv("am_clinvar.tsv", table, sep="\t"))


@unseen
def checked_bird_calls() -> Case:
    """BirdNET: what was heard and how sure, and what the listener said of it."""
    y, p = two(1027, prevalence=0.6)
    rng = rng_of(1027)
    begin = rng.integers(0, 1200, y.size) * 3.0
    table = {
        "Start (s)": begin,
        "End (s)": begin + 3,
        "Scientific name": "Strix aluco",
        "Common name": "Tawny Owl",
        "Confidence": p.round(4),
        "Verified": words(y, "no", "yes"),
    }
    return right("binary", [auc(y, p.round(4)), ap(y, p.round(4))], csv("birdnet.csv", table))


@unseen
def early_warning_points() -> Case:
    """A ward's points from 0 to 20, and whether the patient got worse."""
    y, p = two(1028, prevalence=0.12)
    points = np.floor(20 * p).astype(int)
    rng = rng_of(1028)
    table = {
        "Encounter": range(90001, 90001 + y.size),
        "Ward": rng.choice(["A4", "B2", "C1"], y.size),
        "Age": rng.integers(18, 97, y.size),
        "NEWS2 score": points,
        "Deteriorated within 24h": words(y, "No", "Yes"),
    }
    return right("binary", [auc(y, points), ap(y, points)], csv("news2.csv", table))


@unseen
def sounds_with_category_and_number() -> Case:
    """ESC-50: the class once as a number and once as a word, the prediction as a word."""
    k, m = several(1029, 5)
    names = ("dog", "rain", "crying_baby", "helicopter", "clapping")
    said = m.argmax(axis=1)
    table = {
        "filename": [f"1-{100038 + i}-A-{c}.wav" for i, c in enumerate(k)],
        "fold": 1 + np.arange(k.size) % 5,
        "target": np.array([0, 10, 20, 40, 22])[k],
        "category": words(k, *names),
        "predicted_category": words(said, *names),
    }
    return right("multiclass", [share(k, said)], csv("esc50_results.csv", table))


@unseen
def tissue_of_two_readers_and_a_network() -> Case:
    """An expert panel's diagnosis, two pathologists' and the network's with its probability of malignancy."""
    y, p = two(1030)
    readers = [(again(1031 + i, y) > 0.5).astype(int) for i in range(2)]
    names = ("benign", "malignant")
    table = {
        "slide": [f"H{i:03d}" for i in range(y.size)],
        "panel_consensus": words(y, *names),
        "pathologist_1": words(readers[0], *names),
        "pathologist_2": words(readers[1], *names),
        "cnn_prob_malignant": p,
    }
    figures = [auc(y, p), ap(y, p), *(share(y, each) for each in readers)]
    return right("binary", figures, csv("reader_study.csv", table))


def macro(truth: Array, values: Array) -> float:
    return float(roc_auc_score(truth, values, multi_class="ovr"))
