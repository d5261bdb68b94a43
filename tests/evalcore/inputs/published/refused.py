"""What lies beside predictions in real folders and is none: refused, with what it is."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tests.evalcore.inputs.published.simulated import Layout, csv, published, rng_of, two


@published
def house_prices() -> Layout:
    rng = rng_of(401)
    price = rng.gamma(4, 50000, 200).round()
    table = {
        "Id": range(1461, 1661),
        "SalePrice_true": price,
        "SalePrice_pred": price * rng.normal(1, 0.1, 200),
    }
    return Layout((csv("prices.csv", table),), refused="regression")


@published
def grid_search_results() -> Layout:
    table = {
        "mean_fit_time": [0.1, 0.2],
        "param_C": [1, 10],
        "mean_test_score": [0.8, 0.9],
        "std_test_score": [0.01, 0.02],
        "rank_test_score": [2, 1],
    }
    return Layout((csv("cv_results.csv", table),), refused="finished metrics")


@published
def features_without_predictions() -> Layout:
    y, _ = two(403)
    rng = rng_of(403)
    table = pd.DataFrame({f"V{i}": rng.normal(size=y.size) for i in range(1, 12)} | {"Class": y})
    return Layout((csv("creditcard.csv", table),), refused="no column is called a prediction")


@published
def truth_alone() -> Layout:
    y, _ = two(404)
    return Layout(
        (csv("y_test.csv", {"id": np.arange(y.size), "label": y}),), refused="nothing to compare it with"
    )
