"""Two classes, as the sciences and engineering write them."""

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
def medical_centres() -> Layout:
    y, p = two(101)
    table = {
        "image_id": [f"IM{i:04d}.dcm" for i in range(y.size)],
        "y_true": y,
        "y_prob": p,
        "center": words(np.arange(y.size) % 3, "Basel", "Bern", "Lyon"),
        "fold": np.arange(y.size) % 5,
    }
    return Layout((csv("preds.csv", table),), truth="y_true", positive="1", actual=y, scores=(p,))


@published
def correlated_flags_unnamed_truth() -> Layout:
    y, p = two(116)
    rng = rng_of(116)
    readmitted = np.where(rng.random(y.size) < 0.1, 1 - y, y)
    table = {"mrn": range(7000, 7000 + y.size), "icu30": readmitted, "readmit30": y, "risk_score": p}
    return Layout(
        (csv("readmissions.csv", table),),
        positive="1",
        truth="readmit30",
        actual=y,
        scores=(p,),
        asked=frozenset({"truth"}),
    )


@published
def detector_matches() -> Layout:
    y, p = two(123, prevalence=0.6)
    rng = rng_of(123)
    box = {name: rng.integers(0, 640, y.size) for name in ("xmin", "ymin", "xmax", "ymax")}
    table = {
        "image_id": [f"{i // 4:06d}.jpg" for i in range(y.size)],
        "confidence": p,
        **box,
        "is_true_positive": y,
    }
    return Layout(
        (csv("detections.csv", table),), truth="is_true_positive", positive="1", actual=y, scores=(p,)
    )


@published
def asvspoof_keys() -> Layout:
    y, p = two(124)
    z = np.log(p / (1 - p)).round(6)
    lines = [
        f"LA_E_{1000000 + i} {'-' if a else f'A{7 + i % 13:02d}'} {'bonafide' if a else 'spoof'} {b}"
        for i, (a, b) in enumerate(zip(y, z, strict=True))
    ]
    return Layout(
        (("cm_scores.txt", "\n".join(lines).encode()),),
        truth="column_3",
        positive="bonafide",
        actual=y,
        scores=(z,),
        may_ask=POSITIVE | {"scores", "truth"},
    )


@published
def face_pairs_by_distance() -> Layout:
    y, p = two(125, prevalence=0.5)
    table = {
        "pair": range(y.size),
        "img1": [f"a/a_{i:04d}.jpg" for i in range(y.size)],
        "img2": [f"b/b_{i:04d}.jpg" for i in range(y.size)],
        "is_same": y,
        "distance": (1.8 - 1.5 * p).round(5),
    }
    return Layout(
        (csv("lfw.csv", table),),
        truth="is_same",
        positive="1",
        actual=y,
        scores=(p,),
        may_ask=frozenset({"scores"}),
    )


@published
def speaker_trials() -> Layout:
    y, p = two(126, prevalence=0.2)
    llr = np.log(p / (1 - p)).round(4)
    table = {
        "modelid": [f"{1000 + i // 8}_sre" for i in range(y.size)],
        "segmentid": [f"t{i}_sre.sph" for i in range(y.size)],
        "targettype": words(y, "nontarget", "target"),
        "LLR": llr,
    }
    return Layout(
        (csv("trials.tsv", table, sep="\t"),), truth="targettype", positive="target", actual=y, scores=(llr,)
    )


@published
def nab_anomalies() -> Layout:
    y, p = two(127, prevalence=0.1)
    table = {
        "timestamp": pd.date_range("2014-04-01", periods=y.size, freq="5min").astype(str),
        "value": rng_of(127).normal(60, 9, y.size).round(3),
        "anomaly_score": p,
        "label": y,
    }
    return Layout((csv("numenta_cpu.csv", table),), truth="label", positive="1", actual=y, scores=(p,))


@published
def variant_calls() -> Layout:
    y, p = two(128, prevalence=0.7)
    rng = rng_of(128)
    bases = np.array(list("ACGT"))
    head = "##fileformat=calls\n##source=deepcaller\n#CHROM\tPOS\tREF\tALT\tQUAL\tTRUTH\tSCORE\n"
    rows = [
        f"chr{1 + i // 100}\t{10000 + 37 * i}\t"
        f"{bases[rng.integers(4)]}\t{bases[rng.integers(4)]}\t{rng.integers(3, 60)}\t"
        f"{'TP' if a else 'FP'}\t{b}"
        for i, (a, b) in enumerate(zip(y, p, strict=True))
    ]
    return Layout(
        (("calls.tsv", (head + "\n".join(rows) + "\n").encode()),),
        truth="TRUTH",
        positive="TP",
        actual=y,
        scores=(p,),
        may_ask=POSITIVE,
    )


@published
def seizure_epochs() -> Layout:
    y, p = two(129)
    table = {
        "subject": [f"chb{1 + i // 60:02d}" for i in range(y.size)],
        "epoch": np.arange(y.size) % 60,
        "y_true": y,
        "y_score": p,
    }
    return Layout((csv("eeg.csv", table),), truth="y_true", positive="1", actual=y, scores=(p,))


@published
def molecules() -> Layout:
    y, p = two(135)
    table = {"smiles": [f"CC(=O)N{'C' * (i % 30)}{i}" for i in range(y.size)], "active": y, "pred_active": p}
    return Layout((csv("screen.csv", table),), truth="active", positive="1", actual=y, scores=(p,))


@published
def survival_risk() -> Layout:
    y, p = two(136)
    table = {
        "patient": range(y.size),
        "time": rng_of(136).exponential(30, y.size).round(1),
        "event": y,
        "risk_score": p,
    }
    return Layout((csv("surv.csv", table),), truth="event", positive="1", actual=y, scores=(p,))


@published
def aneurysm_haemorrhage_features() -> Layout:
    """As pROC's aSAH: an outcome and raw biomarkers, none of which is called a score."""
    y, p = two(138)
    rng = rng_of(138)
    table = {
        "gos6": rng.integers(1, 6, y.size),
        "outcome": words(y, "Good", "Poor"),
        "gender": words(y * 0 + (rng.random(y.size) < 0.6), "Male", "Female"),
        "age": rng.integers(20, 80, y.size),
        "wfns": rng.integers(1, 6, y.size),
        "s100b": (p * 2).round(2),
        "ndka": rng.gamma(2, 8, y.size).round(2),
    }
    return Layout(
        (csv("aSAH.csv", table, index=True),),
        truth="outcome",
        positive="Poor",
        actual=y,
        scores=((p * 2).round(2),),
        asked=frozenset({"scores"}),
        may_ask=POSITIVE,
    )
