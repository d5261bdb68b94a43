"""What the name of a training's figure says: what is measured, on which part of the data, and which way is better."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from evalcore.inputs.columns.names import words_of
from evalcore.inputs.columns.words import METRIC

__all__ = ["SET_NAME", "FigureName", "measured", "run_and_figure"]

#: A part of the data as programs name it: the whole of a name, or what stands before its first dot or slash.
SET_NAME = re.compile(
    r"(?:train|training|learn|valid|validation|val|eval|evaluation|test|dev)(?:[_\-]?\d+)?", re.IGNORECASE
)

_VALIDATION = frozenset(
    ["val", "valid", "validation", "eval", "evaluation", "dev", "development", "holdout", "metrics"]
)
_TRAIN = frozenset(["train", "training", "tr", "learn"])
_LESS_IS_BETTER = frozenset(
    ["loss", "losses", "error", "err", "rmse", "mae", "mse", "perplexity", "ppl", "brier", "logloss", "fpr", "fnr",
     "crossentropy", "entropy", "wer", "cer"]
)  # fmt: skip
_NO_GOAL = frozenset(
    ["lr", "rate", "norm", "runtime", "second", "seconds", "time", "flos", "samples", "epoch", "step", "grad",
     "gradient", "memory", "total"]
)  # fmt: skip
_MORE_IS_BETTER = ("auc", "acc", "accuracy", "f1", "iou", "dice", "map", "bleu", "rouge")  # mauc, top5acc
_COMMON = {
    "acc": "accuracy",
    "losses": "loss",
    "loss curve": "loss",
    "lr": "learning rate",
    "scores": "score",
}
_NOT_MEASURED = _VALIDATION | _TRAIN | {"test", "epoch", "step"}
_between = re.compile(r"[\s_/.:]+")
_of_run = re.compile(r"(.+?) - (.+)").fullmatch
_number_of_set = re.compile(r"(?i)(?<![a-z])((?:valid|validation|val|eval|test))[_\-]\d+(?=\.|/|\b)")


class FigureName(NamedTuple):
    """What is measured; "train", "validation" or "test"; "min", "max", or "" where neither is meant."""

    metric: str
    split: str
    goal: Literal["min", "max", ""]


def run_and_figure(name: str) -> tuple[str, str]:
    """Part a column of a Weights & Biases export into run and figure; no run where the name is another's.

    Examples
    --------
    >>> run_and_figure("swift-river-3 - val_loss"), run_and_figure("val_loss")
    (('swift-river-3', 'val_loss'), ('', 'val_loss'))
    """
    found = _of_run(name)
    return (found[1], found[2]) if found else ("", name)


def measured(name: str) -> FigureName:
    """Read the name of a history's figure.

    Examples
    --------
    >>> tuple(measured("val_acc")), tuple(measured("training_losses")), tuple(measured("learning_rate"))
    (('accuracy', 'validation', 'max'), ('loss', 'train', 'min'), ('learning rate', 'train', ''))
    >>> measured("metrics/mAP50-95(B)").metric, measured("validation_1.logloss").metric
    ('mAP50-95(B)', 'logloss')
    """
    name = _number_of_set.sub(r"\1", name)
    words = words_of(name)
    if "log" in words and "history" in words:
        words = tuple(word for word in words if word not in ("log", "history"))
    split = "train"
    if set(words) & _VALIDATION:
        split = "validation"
    elif "test" in words:
        split = "test"
    metric = _metric(name) or " ".join(words)
    have = set(words)
    if have & _NO_GOAL - {"epoch", "step"}:
        return FigureName(metric, split, "")
    if have & _LESS_IS_BETTER or any(word.endswith("loss") for word in have):
        return FigureName(metric, split, "min")
    more = have & METRIC or metric == "score" or any(word.endswith(_MORE_IS_BETTER) for word in have)
    return FigureName(metric, split, "max" if more else "")


def _metric(name: str) -> str:
    """The words of a name that are not of its split, as they are written."""
    kept: list[str] = []
    for part in _between.split(name):
        words = words_of(part)
        rest = [word for word in words if word not in _NOT_MEASURED]
        if len(rest) < len(words):
            kept += rest
        elif part:
            kept.append(part.lower() if part.isalpha() and not part.isupper() else part)
    text = " ".join(word for word in kept if word not in ("log", "history") or "history" not in kept)
    text = text.lower() if text.isupper() else text
    return _COMMON.get(text, text)
