"""Checks of the arrays that a sweep is made of: what is allowed, and one sentence where it is not."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from evalcore.errors import InputError

__all__ = ["checked_clusters", "checked_counts", "checked_scores", "checked_truth", "checked_weights"]

FloatArray: TypeAlias = npt.NDArray[np.floating[Any]]


def checked_truth(truth: npt.ArrayLike) -> npt.NDArray[np.uint8]:
    """Return truth as 0 and 1 in uint8; InputError for anything else."""
    labels = _column(truth, "truth")
    if labels.dtype.kind == "b":
        return labels.view(np.uint8)
    if labels.dtype.kind not in "iuf":
        raise InputError(f"truth must hold 0 and 1 only, got values of type {labels.dtype}")
    if labels.dtype.kind == "f":
        wrong = (labels != 0) & (labels != 1)
        if wrong.any():
            raise _wrong_truth(labels, wrong)
    elif labels.min() < 0 or labels.max() > 1:
        raise _wrong_truth(labels, (labels < 0) | (labels > 1))
    return labels.astype(np.uint8, copy=False)


def checked_scores(score: npt.ArrayLike) -> FloatArray:
    """Return scores as float32 or float64 without NaN; InputError where they cannot be that exactly."""
    given = _column(score, "score")
    if given.dtype.kind not in "biuf":
        raise InputError(f"score must hold numbers, got values of type {given.dtype}")
    narrow = given.dtype.kind == "f" and given.dtype.itemsize <= 4
    scores: FloatArray = given.astype(np.float32 if narrow else np.float64, copy=False)
    if not scores.dtype.isnative:
        scores = scores.astype(scores.dtype.newbyteorder("="))
    if given.dtype.kind in "iu" and given.dtype.itemsize == 8 and np.abs(scores).max() > 2**53:
        raise InputError(
            "score must be at most 2**53 in size where it is an integer: larger ones are not exact"
        )
    if np.isnan(scores.min()):
        raise InputError(f"score must not be nan, got nan at position {int(np.isnan(scores).argmax())}")
    return scores


def checked_weights(weight: npt.ArrayLike, length: int) -> npt.NDArray[np.float64]:
    """Return weights as float64, each at least 0 and finite; InputError for anything else."""
    weights = _numbers(weight, "weight", length).astype(np.float64, copy=False)
    return _not_negative(weights, "weight")


def checked_clusters(clusters: npt.ArrayLike, length: int, *, name: str = "clusters") -> npt.NDArray[np.intp]:
    """Number what stands together (a patient's cases) from 0; InputError where there is not one entry for each case."""
    given = np.asarray(clusters)
    if given.shape != (length,):
        raise InputError(f"{name} must have one entry for each of the {length} cases, got {given.shape}")
    return np.unique(given.astype(str) if given.dtype == object else given, return_inverse=True)[1]


def checked_counts(
    positives: npt.ArrayLike, negatives: npt.ArrayLike, length: int
) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Return two columns of counts: int64 where both hold whole numbers only, else float64."""
    columns = []
    for given, name in ((positives, "positives"), (negatives, "negatives")):
        columns.append(_not_negative(_numbers(given, name, length), name))
    first, second = columns
    whole = all(bool((each == np.floor(each)).all()) for each in columns)
    # Beyond 2**53 floats skip whole numbers: such sums stay floats.
    exact = whole and float(first.sum(dtype=np.float64) + second.sum(dtype=np.float64)) < 2**53
    dtype: type[np.int64 | np.float64] = np.int64 if exact else np.float64
    return first.astype(dtype), second.astype(dtype)


def _column(values: npt.ArrayLike, name: str) -> npt.NDArray[Any]:
    array = np.asarray(values)
    if array.ndim != 1:
        raise InputError(f"{name} must be one column, got an array of shape {array.shape}")
    if not len(array):
        raise InputError(f"{name} must hold at least one row, got none")
    return array


def _numbers(values: npt.ArrayLike, name: str, length: int) -> npt.NDArray[Any]:
    array = _column(values, name)
    if array.dtype.kind not in "biuf":
        raise InputError(f"{name} must hold numbers, got values of type {array.dtype}")
    if len(array) != length:
        raise InputError(f"{name} and score must have the same length, got {len(array)} and {length}")
    return array


def _not_negative(values: npt.NDArray[Any], name: str) -> npt.NDArray[Any]:
    """Check numbers to be at least 0 with a finite sum; nan fails the comparison too."""
    if not values.min() >= 0:
        at = int((~(values >= 0)).argmax())
        raise InputError(f"{name} must be numbers of at least 0, got {values[at]} at position {at}")
    if values.dtype.kind == "f" and not np.isfinite(_quiet_sum(values)):
        raise InputError(f"{name} must have a finite sum, got {_quiet_sum(values)}")
    return values


def _quiet_sum(values: npt.NDArray[Any]) -> float:
    with np.errstate(over="ignore"):
        return float(values.sum(dtype=np.float64))


def _wrong_truth(labels: npt.NDArray[Any], wrong: npt.NDArray[np.bool_]) -> InputError:
    at = int(wrong.argmax())
    return InputError(f"truth must hold 0 and 1 only, got {labels[at]} at position {at}")
