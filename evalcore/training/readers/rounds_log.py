"""Rounds as boosting prints them (XGBoost, LightGBM, CatBoost), and scikit-learn's iterations."""

from __future__ import annotations

import re

from evalcore.training.readers.progress_lines import NUMBER, as_columns, lines_of

__all__ = ["read_rounds_log"]

_round = re.compile(r"\[(\d+)\]\s+(?=\S)(.*)").fullmatch
_catboost = re.compile(r"(\d+):\s+(?=learn:|test:)(.*)").fullmatch
_value = re.compile(rf"({NUMBER})(?:\+{NUMBER})?", re.IGNORECASE).fullmatch
_gap = re.compile(r":\s+")
_iteration = re.compile(rf"Iteration (\d+), loss = ({NUMBER})").fullmatch
_validation = re.compile(rf"Validation score: ({NUMBER})").fullmatch


def read_rounds_log(text: str) -> dict[str, list[str]] | None:
    r"""Read the printed rounds of a boosting, or the iterations of scikit-learn's networks.

    Parameters
    ----------
    text : str

    Returns
    -------
    dict of str to list of str, or None
        Columns; None where the text is no such log.

    Examples
    --------
    >>> read_rounds_log("[0]\ttrain-auc:0.8\teval-auc:0.7\n[1]\ttrain-auc:0.9\teval-auc:0.75\n")
    {'round': ['0', '1'], 'train.auc': ['0.8', '0.9'], 'eval.auc': ['0.7', '0.75']}
    >>> read_rounds_log("[5]\tvalid_0's auc: 0.8\n[10]\tvalid_0's auc: 0.9\n")["valid_0.auc"]
    ['0.8', '0.9']
    >>> read_rounds_log("Iteration 1, loss = 0.5\nValidation score: 0.9\nIteration 2, loss = 0.25\n")
    {'iteration': ['1', '2'], 'train_loss': ['0.5', '0.25'], 'validation_score': ['0.9', '']}
    """
    steps: list[float] = []
    rows: list[dict[str, float]] = []
    what = "round"
    for line in lines_of(text):
        printed = _round(line) or _catboost(line)
        if printed:
            row = _figures(printed[2])
            if row:
                steps.append(float(printed[1]))
                rows.append(row)
        elif learnt := _iteration(line):
            what = "iteration"
            steps.append(float(learnt[1]))
            rows.append({"train_loss": float(learnt[2])})
        elif rows and (scored := _validation(line)):
            rows[-1]["validation_score"] = float(scored[1])
    return as_columns(what, steps, rows) if len(rows) > 1 else None


def _figures(text: str) -> dict[str, float]:
    """Figures such as `eval-auc:0.7` (XGBoost), `valid_0's auc: 0.7` (LightGBM), `test: 0.7` (CatBoost)."""
    found: dict[str, float] = {}
    part = ""
    for word in _gap.sub(":", text).split():
        if word.endswith("'s"):
            part = word[:-2]
            continue
        name, colon, written = word.rpartition(":")
        value = _value(written) if colon and name else None
        if value is None or name == "best":
            continue
        of, dash, figure = name.partition("-")
        if part:
            found[f"{part}.{name}"] = float(value[1])
        elif dash and of and figure:
            found[f"{of}.{figure}"] = float(value[1])
        elif name in ("learn", "test"):
            found[f"{name}.loss"] = float(value[1])
    return found
