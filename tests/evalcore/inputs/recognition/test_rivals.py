"""Readings of a whole table that could each be right: the one that explains most wins, whichever kind it is."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from tests.evalcore.inputs.published.simulated import again, rng_of, several, two, words
from tests.evalcore.inputs.unseen.layouts import auc, right, share
from tests.recognition import Case, grade

RIVALS: dict[str, Callable[[], Case]] = {}


def rival(make: Callable[[], Case]) -> Callable[[], Case]:
    RIVALS[make.__name__] = make
    return make


@rival
def a_firm_truth_beside_pairs_of_features() -> Case:
    """Three scores with a label each that nothing tells, and one truth with its probability."""
    y, p = two(2)
    rng = rng_of(2)
    pairs: dict[str, object] = {}
    for name in "abc":
        pairs[f"{name}_score"] = rng.random(y.size).round(3)
        pairs[f"{name}_label"] = (rng.random(y.size) < 0.4).astype(int)
    return right("binary", [auc(y, p)], pd.DataFrame({**pairs, "y_true": y, "y_pred_proba": p}))


@rival
def pairs_that_agree_are_labels() -> Case:
    y, p = two(8)
    other, q = two(81)
    table = pd.DataFrame({"a_true": y, "a_score": p, "b_true": other, "b_score": q})
    return right("multilabel", [auc(y, p), auc(other, q)], table)


@rival
def two_probabilities_of_one_outcome() -> Case:
    y, p = two(10)
    q = again(10, y)
    table = pd.DataFrame({"outcome_true": y, "outcome_prob_old": p, "outcome_prob_new": q})
    return right("binary", [auc(y, p), auc(y, q)], table)


@rival
def one_hot_features_beside_classes() -> Case:
    k, m = several(3, 3)
    region = rng_of(3).integers(0, 3, k.size)
    names = ("red", "green", "blue")
    flags = {f"region_{name}": (region == i).astype(int) for i, name in enumerate(("north", "south", "west"))}
    shares = {f"p_{name}": m[:, i].round(6) for i, name in enumerate(names)}
    table = pd.DataFrame({**flags, "species": words(k, *names), **shares})
    return right("multiclass", [share(k, m.argmax(1))], table)


@rival
def lists_of_tags_beside_a_firm_truth() -> Case:
    k, m = several(6, 3)
    tags = [("x;y", "x", "y", "x;z")[i] for i in rng_of(6).integers(0, 4, k.size)]
    called = words(m.argmax(1), "u", "v", "w")
    table = pd.DataFrame(
        {"labels_of_user": tags, "true_class": words(k, "u", "v", "w"), "pred_class": called}
    )
    return right("multiclass", [share(k, m.argmax(1))], table)


@rival
def a_class_beside_a_measured_pair() -> Case:
    y, p = two(31, 150)
    rng = rng_of(31)
    price = rng.normal(50, 9, 150).round(2)
    table = pd.DataFrame(
        {
            "price_true": price,
            "price_pred": (price + rng.normal(size=150)).round(2),
            "sold": y,
            "sold_probability": p,
        }
    )
    return right("binary", [auc(y, p)], table)


@rival
def payments_that_were_bad_or_good() -> Case:
    """Numbers about each customer, not how many customers have the score."""
    y, p = two(30, 150)
    rng = rng_of(30)
    table = {
        "customer": range(150),
        "bad": rng.integers(0, 6, 150),
        "good": rng.integers(0, 30, 150),
        "score": p,
    }
    return right("binary", [auc(y, p)], pd.DataFrame({**table, "default": y}))


@rival
def whether_each_case_is_a_hit() -> Case:
    """TP, FP, FN and TN of single cases count nothing."""
    y, p = two(24, 80)
    c = (p > 0.5).astype(int)
    cells = {"tp": y & c, "fp": (1 - y) & c, "fn": y & (1 - c), "tn": (1 - y) & (1 - c)}
    return right("binary", [auc(y, p)], pd.DataFrame({"label": y, "score": p, "pred": c, **cells}))


@rival
def cases_numbered_by_iteration_with_their_loss() -> Case:
    k, m = several(26, 3, 120)
    said = m.argmax(1)
    loss = -np.log(m[np.arange(120), k]).round(5)
    table = {"iteration": range(120), "true": k, "pred": said, "loss": loss, "accuracy": (k == said) * 1.0}
    return right("multiclass", [share(k, said)], pd.DataFrame(table))


@rival
def shares_of_words_beside_a_score() -> Case:
    """Shares of positive and negative words below 0 are no negative counts."""
    y, p = two(33, 150)
    tone = rng_of(33).normal(size=(150, 2)).round(3)
    table = {
        "text": [f"review {i}" for i in range(150)],
        "pos": tone[:, 0],
        "neg": tone[:, 1],
        "score": p,
        "label": y,
    }
    return right("binary", [auc(y, p)], pd.DataFrame(table))


@rival
def an_overlap_beside_a_truth_and_its_probability() -> Case:
    y, p = two(27, 100)
    rng = rng_of(27)
    figures = {name: rng.random(100).round(3) for name in ("dice", "iou", "hausdorff")}
    table = {"scan": [f"s{i}" for i in range(100)], **figures, "tumor": y, "tumor_prob": p}
    return right("binary", [auc(y, p)], pd.DataFrame(table))


@rival
def a_square_of_counts() -> Case:
    table = pd.DataFrame({"": ["a", "b", "c"], "a": [50, 3, 2], "b": [4, 40, 1], "c": [1, 4, 30]})
    return right("multiclass", [120 / 135], table)


@rival
def counts_of_four_models() -> Case:
    cells = {"tp": [40, 30, 45, 20], "fp": [5, 2, 9, 1], "fn": [10, 20, 5, 30], "tn": [45, 48, 41, 49]}
    table = pd.DataFrame({"dataset": ["d1", "d1", "d2", "d2"], "model": ["m1", "m2", "m3", "m4"], **cells})
    return right("counts", [0.85, 0.78, 0.86, 0.69], table)


@pytest.mark.parametrize("name", sorted(RIVALS))
def test_the_reading_that_explains_most_wins(name: str) -> None:
    mark, said = grade(RIVALS[name]())
    assert mark == "right", said
