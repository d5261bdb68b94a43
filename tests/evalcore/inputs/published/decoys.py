"""Layouts with columns that could be the truth or the score, and are not."""

from __future__ import annotations

import gzip
import io

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
TRUTH = frozenset({"truth"})


@published
def proxy_that_goes_better_than_the_truth() -> Layout:
    y, p = two(701)
    proxy = (p + rng_of(701).normal(0, 0.15, y.size) > 0.45).astype(int)
    table = {"hospital": np.arange(y.size) % 4, "icu": proxy, "sepsis": y, "sepsis_risk_score": p}
    return Layout(
        (csv("ward.csv", table),), truth="sepsis", positive="1", actual=y, scores=(p,), may_ask=TRUTH
    )


@published
def truth_among_shop_flags() -> Layout:
    y, p = two(702)
    rng = rng_of(702)
    flags = {f"flag_{i}": (rng.random(y.size) < 0.3).astype(int) for i in range(6)}
    table = {"visitor": range(y.size), **flags, "converted": y, "propensity": p}
    return Layout(
        (csv("shop.csv", table),), truth="converted", positive="1", actual=y, scores=(p,), may_ask=TRUTH
    )


@published
def clinical_table_with_many_columns() -> Layout:
    y, p = two(703, 400)
    rng = rng_of(703)
    table = pd.DataFrame(rng.normal(size=(y.size, 12)).round(3)).add_prefix("lab_")
    table = table.assign(
        age=rng.integers(18, 95, y.size),
        female=rng.integers(0, 2, y.size),
        los_days=rng.gamma(2, 3, y.size).round(1),
        died_in_hospital=y,
        saps_probability=p,
    )
    return Layout(
        (csv("icu.csv", table),), truth="died_in_hospital", positive="1", actual=y, scores=(p,), may_ask=TRUTH
    )


@published
def spreadsheet_with_blank_notes() -> Layout:
    y, p = two(704)
    table = pd.DataFrame(
        {
            "Case #": range(1, y.size + 1),
            "Ground truth": words(y, "No", "Yes"),
            "Model score": p,
            "Comments": None,
        }
    )
    buffer = io.BytesIO()
    table.to_excel(buffer, index=False)
    return Layout(
        (("reader study.xlsx", buffer.getvalue()),),
        truth="Ground truth",
        positive="Yes",
        actual=y,
        scores=(p,),
    )


@published
def gzipped_tab_file() -> Layout:
    y, p = two(705)
    name, content = csv(
        "preds.tsv", {"query": [f"q{i}" for i in range(y.size)], "relevance": y, "rel_score": p}, sep="\t"
    )
    return Layout(((name + ".gz", gzip.compress(content)),), positive="1", actual=y, scores=(p,))


@published
def indexed_frame() -> Layout:
    y, p = two(706)
    frame = pd.DataFrame(
        {"y_true": y, "y_proba": p}, index=pd.Index([f"s{i}" for i in range(y.size)], name="sample")
    )
    return Layout((frame,), truth="y_true", positive="1", actual=y, scores=(p,))


@published
def two_level_columns() -> Layout:
    y, p = two(707)
    q = again(7, y)
    frame = pd.DataFrame({("truth", ""): y, ("rf", "prob"): p, ("svm", "prob"): q})
    return Layout((frame,), positive="1", actual=y, scores=(p, q), models=("rf prob", "svm prob"))


@published
def long_models_of_classes() -> Layout:
    y, v = several(708, 3)
    _, w = several(709, 3)
    w = (v + w) / 2
    names = ("a", "b", "c")
    n = y.size
    table = {
        "model": ["m1"] * n + ["m2"] * n,
        "id": [*range(n)] * 2,
        "y_true": [*words(y, *names)] * 2,
        **{f"prob_{name}": [*v[:, i], *w[:, i]] for i, name in enumerate(names)},
    }
    return Layout(
        (csv("long.csv", table),),
        "multiclass",
        "y_true",
        classes=names,
        actual=words(y, *names),
        decided=(words(v.argmax(1), *names), words(w.argmax(1), *names)),
        matrices=(v, w),
        models=("m1", "m2"),
    )


@published
def classes_among_features() -> Layout:
    y, v = several(710, 3)
    rng = rng_of(710)
    names = ("Adelie", "Chinstrap", "Gentoo")
    table = {
        "island": words(rng.integers(0, 3, y.size), "Biscoe", "Dream", "Torgersen"),
        "bill_length_mm": rng.normal(44, 5, y.size).round(1),
        "sex": words(rng.integers(0, 2, y.size), "female", "male"),
        "species": words(y, *names),
        **{f".pred_{name}": v[:, i] for i, name in enumerate(names)},
    }
    return Layout(
        (csv("penguins.csv", table),),
        "multiclass",
        "species",
        classes=names,
        actual=words(y, *names),
        decided=(words(v.argmax(1), *names),),
        matrices=(v,),
    )


@published
def hard_classes_of_three_models() -> Layout:
    y, v = several(711, 4)
    names = ("N", "S", "V", "F")
    others = [
        np.where(rng_of(i).random(y.size) < 0.3, rng_of(i + 9).integers(0, 4, y.size), y) for i in (1, 2)
    ]
    table = {
        "record": [f"r{i}" for i in range(y.size)],
        "true": words(y, *names),
        "pred_cnn": words(v.argmax(1), *names),
        "pred_svm": words(others[0], *names),
        "pred_knn": words(others[1], *names),
    }
    return Layout(
        (csv("beats.csv", table),),
        "multiclass",
        "true",
        classes=names,
        actual=words(y, *names),
        decided=(words(v.argmax(1), *names), *(words(each, *names) for each in others)),
        models=("pred_cnn", "pred_svm", "pred_knn"),
    )


@published
def two_raters_only() -> Layout:
    y, v = several(712, 3)
    names = ("mild", "moderate", "severe")
    table = {"rater1": words(y, *names), "rater2": words(v.argmax(1), *names)}
    return Layout(
        (csv("raters.csv", table),),
        "multiclass",
        "rater1",
        classes=names,
        actual=words(y, *names),
        decided=(words(v.argmax(1), *names),),
        asked=TRUTH,
    )


@published
def seeds_of_the_same_cases() -> Layout:
    y, p = two(713, 120)
    made = [p, again(1, y), again(2, y)]
    n = y.size
    table = {
        "seed": np.repeat([0, 1, 2], n),
        "sample_id": [*range(n)] * 3,
        "label": [*y] * 3,
        "prob": np.concatenate(made),
    }
    return Layout(
        (csv("seeds.csv", table),),
        truth="label",
        positive="1",
        actual=y,
        scores=tuple(made),
        models=("seed 0", "seed 1", "seed 2"),
    )


@published
def score_called_value() -> Layout:
    y, p = two(714)
    table = {"name": [f"g{i}" for i in range(y.size)], "truth": y, "value": p}
    return Layout(
        (csv("genes.csv", table),),
        truth="truth",
        positive="1",
        actual=y,
        scores=(p,),
        may_ask=frozenset({"scores"}),
    )


@published
def p_values_low_for_positive() -> Layout:
    y, p = two(715)
    table = {
        "gene": [f"ENSG{i:05d}" for i in range(y.size)],
        "is_de": y,
        "pvalue": (1 - p).round(6),
        "log2fc": rng_of(715).normal(size=y.size),
    }
    return Layout(
        (csv("de.csv", table),),
        truth="is_de",
        positive="1",
        actual=y,
        scores=(p,),
        asked=frozenset({"scores"}),
    )


@published
def answers_marked_right_and_confidence() -> Layout:
    y, p = two(716, prevalence=0.6)
    table = {"question_id": range(y.size), "correct": y, "confidence": p}
    return Layout((csv("llm.csv", table),), truth="correct", positive="1", actual=y, scores=(p,))


@published
def capital_names_and_spaces() -> Layout:
    y, p = two(717)
    table = {
        " ID ": range(y.size),
        " ACTUAL CLASS ": words(y, "Neg", "Pos"),
        " PREDICTED CLASS ": words(p > 0.5, "NEG", "POS"),
        " PROBABILITY OF POS ": p,
    }
    return Layout((csv("lab.csv", table),), truth="ACTUAL CLASS", positive="Pos", actual=y, scores=(p,))


@published
def unknown_rows_marked_minus_one() -> Layout:
    y, p = two(718)
    truth = y.astype(float)
    truth[::8] = np.nan
    table = {"id": range(y.size), "label": np.where(np.isnan(truth), -1, y), "prob": p}
    return Layout(
        (csv("semi.csv", table),),
        truth="label",
        positive="1",
        actual=truth,
        scores=(p,),
        asked=frozenset({"truth"}),
        may_ask=POSITIVE,
    )


@published
def soft_truth_is_a_regression() -> Layout:
    y, p = two(719)
    table = {"target_true": rng_of(719).random(y.size).round(4), "target_pred": p}
    return Layout((csv("soft.csv", table),), refused="regression")
