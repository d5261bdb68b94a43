"""What a mapping of the scores to other probabilities would do: a preview, judged on rows that did not fit it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from evalcore.errors import InputError
from evalcore.metrics.probability.calibration_line import log_odds, logistic_line
from evalcore.metrics.probability.losses import SMALLEST, brier_score, log_loss
from evalcore.metrics.probability.reliability import reliability
from evalcore.predictions.evaluation import FloatArray, ScoreKind
from evalcore.predictions.score_unit import as_probability

__all__ = ["METHODS", "CalibrationMap", "Recalibration", "fit_map", "recalibrate"]

_HEAD = "import numpy as np\n\n\ndef recalibrate(p):\n"
_HELD = f"    p = np.clip(p, {SMALLEST!r}, 1 - {SMALLEST!r})\n"
_STEPS = 200  # at most so many knots of an isotonic mapping are written down


@dataclass(frozen=True)
class CalibrationMap:
    """A mapping from a score to a probability.

    Parameters
    ----------
    method : str
        A key of `METHODS`.
    input : {"probability", "score"}
        What it takes.
    numbers : mapping of str to tuple of float
        Its coefficients, or the knots of its line.

    Examples
    --------
    >>> halved = CalibrationMap("temperature", "probability", {"slope": (0.5,)})
    >>> halved(np.array([0.9])).round(2).tolist()
    [0.75]
    """

    method: str
    input: str
    numbers: Mapping[str, tuple[float, ...]]

    def __call__(self, values: npt.ArrayLike) -> FloatArray:
        """Map scores, shape (n,), to probabilities."""
        given = np.asarray(values, dtype=np.float64)
        if self.method == "isotonic":
            return np.interp(given, self.numbers["at"], self.numbers["probability"])
        if self.method == "beta":
            held = np.clip(given, SMALLEST, 1 - SMALLEST)
            columns = (np.log(held), -np.log1p(-held))
            odds = sum(
                (factor * column for factor, column in zip(self.numbers["slopes"], columns, strict=True)),
                start=np.full(given.shape, self.numbers["intercept"][0]),
            )
        else:
            line = log_odds(given) if self.input == "probability" else given
            odds = self.numbers["slope"][0] * line + self.numbers.get("intercept", (0.0,))[0]
        share: FloatArray = 0.5 * (1 + np.tanh(0.5 * odds))
        return share

    def threshold_told(
        self, values: npt.NDArray[np.floating[Any]], threshold: float, kind: ScoreKind
    ) -> tuple[float, int]:
        """The threshold in the mapping's unit, and how many cases it would call otherwise.

        Parameters
        ----------
        values : ndarray, shape (n,)
            Scores in their own unit.
        threshold : float
            In the same unit.
        kind : ScoreKind

        Returns
        -------
        threshold : float
            A rising mapping keeps the order, so that the least mapped score that was called decides; nan where no case
            is called.
        differ : int
            Cases that a flat stretch of the mapping puts on the other side, or that a falling one turns.

        Examples
        --------
        >>> halved = CalibrationMap("temperature", "probability", {"slope": (0.5,)})
        >>> moved, differ = halved.threshold_told(np.array([0.2, 0.9]), 0.5, "probability")
        >>> round(moved, 2), differ
        (0.75, 0)
        """
        called = values >= threshold
        own = as_probability(values, kind)
        mapped = self(values if own is None else own)
        if not called.any():
            return float("nan"), 0
        moved = float(mapped[called].min())
        return moved, int(np.count_nonzero((mapped >= moved) != called))

    def as_json(self) -> str:
        """The mapping as JSON text."""
        return json.dumps(
            {
                "method": self.method,
                "input": self.input,
                **{key: list(each) for key, each in self.numbers.items()},
            }
        )

    def as_python(self) -> str:
        """The mapping as a few lines of Python that need NumPy only."""
        if self.method == "isotonic":
            at, probability = (list(self.numbers[name]) for name in ("at", "probability"))
            return (
                f"{_HEAD}    at = {at!r}\n    share = {probability!r}\n    return np.interp(p, at, share)\n"
            )
        if self.method == "beta":
            first, second = self.numbers["slopes"]
            odds = f"{first!r} * np.log(p) - {second!r} * np.log1p(-p) + {self.numbers['intercept'][0]!r}"
        else:
            line = "np.log(p / (1 - p))" if self.input == "probability" else "p"
            odds = f"{self.numbers['slope'][0]!r} * {line}"
            if "intercept" in self.numbers:
                odds += f" + {self.numbers['intercept'][0]!r}"
        held = _HELD if self.input == "probability" else ""
        return f"{_HEAD}{held}    odds = {odds}\n    return 1 / (1 + np.exp(-odds))\n"


@dataclass(frozen=True, eq=False)
class Recalibration:
    """What a mapping does to the figures, on rows that did not fit it.

    Parameters
    ----------
    map : CalibrationMap
        Fitted on all rows: the one to take away.
    before, after : mapping of str to float
        ``brier``, ``log_loss`` and ``expected_error``; `after` is cross-fitted: each row's probability is from a
        mapping that was fitted on the other folds. `before` is empty where the scores are no probabilities.
    probability : ndarray of float64, shape (n,)
        Cross-fitted.
    folds : int
    """

    map: CalibrationMap
    before: Mapping[str, float]
    after: Mapping[str, float]
    probability: FloatArray
    folds: int


def _platt(truth: FloatArray, given: FloatArray, weight: FloatArray, input_: str) -> CalibrationMap:
    line = log_odds(given) if input_ == "probability" else given
    spread = float(np.std(line)) or 1.0  # scores of any size: Newton's steps like them near 1
    found, _ = logistic_line(
        _smoothed(truth, weight), np.column_stack([np.ones(len(line)), line / spread]), weight
    )
    return CalibrationMap(
        "platt", input_, {"slope": (float(found[1]) / spread,), "intercept": (float(found[0]),)}
    )


def _temperature(truth: FloatArray, given: FloatArray, weight: FloatArray, input_: str) -> CalibrationMap:
    found, _ = logistic_line(_smoothed(truth, weight), log_odds(given)[:, None], weight)
    return CalibrationMap("temperature", input_, {"slope": (float(found[0]),)})


def _beta(truth: FloatArray, given: FloatArray, weight: FloatArray, input_: str) -> CalibrationMap:
    held = np.clip(given, SMALLEST, 1 - SMALLEST)
    columns = np.column_stack([np.ones(len(held)), np.log(held), -np.log1p(-held)])
    aim = _smoothed(truth, weight)
    found, _ = logistic_line(aim, columns, weight)
    for place in (1, 2):  # a mapping that falls is none: the slope that would be negative is left out
        if not found[place] >= 0:
            kept = [0, 3 - place]
            found = np.zeros(3)
            found[kept] = np.maximum(logistic_line(aim, columns[:, kept], weight)[0], (-np.inf, 0))
    return CalibrationMap(
        "beta", input_, {"slopes": (float(found[1]), float(found[2])), "intercept": (float(found[0]),)}
    )


def _isotonic(truth: FloatArray, given: FloatArray, weight: FloatArray, input_: str) -> CalibrationMap:
    from scipy.optimize import isotonic_regression  # late: 0.3 s to import

    distinct, place = np.unique(given, return_inverse=True)
    held = np.bincount(place, weight, len(distinct))
    share = np.bincount(place, weight * truth, len(distinct)) / held
    fitted = np.asarray(isotonic_regression(share, weights=held).x)
    # Only the ends of each level are needed for the line; a few hundred of them are enough to write down.
    level = np.flatnonzero(np.r_[True, np.diff(fitted) != 0] | np.r_[np.diff(fitted) != 0, True])
    if len(level) > _STEPS:
        level = level[np.linspace(0, len(level) - 1, _STEPS).astype(np.intp)]
    return CalibrationMap(
        "isotonic",
        input_,
        {"at": tuple(distinct[level].tolist()), "probability": tuple(fitted[level].tolist())},
    )


_Fit = Callable[[FloatArray, FloatArray, FloatArray, str], CalibrationMap]
_FITS: Mapping[str, _Fit] = MappingProxyType(
    {"platt": _platt, "isotonic": _isotonic, "temperature": _temperature, "beta": _beta}
)

#: Each method's name for people, and its source.
METHODS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "platt": ("Platt (logistic)", "J. Platt, Advances in Large Margin Classifiers, 1999"),
        "isotonic": ("Isotonic", "B. Zadrozny and C. Elkan, KDD 2002"),
        "temperature": ("Temperature", "C. Guo et al., ICML 2017"),
        "beta": ("Beta", "M. Kull, T. Silva Filho and P. Flach, AISTATS 2017"),
    }
)
_OF_SCORES = ("platt", "isotonic")  # the others need probabilities


def fit_map(
    truth: npt.ArrayLike,
    values: npt.ArrayLike,
    method: str,
    *,
    probabilities: bool = True,
    weights: npt.ArrayLike | None = None,
) -> CalibrationMap:
    """Fit one mapping on all rows.

    Parameters
    ----------
    truth : array_like of 0 and 1, shape (n,)
        Of both classes.
    values : array_like, shape (n,)
        Finite.
    method : str
        A key of `METHODS`.
    probabilities : bool
        Whether the values are probabilities; decision scores can be mapped by "platt" and "isotonic".
    weights : array_like, shape (n,), optional

    Returns
    -------
    CalibrationMap

    Raises
    ------
    InputError
        Where the method does not fit the scores, or one class is missing.

    Examples
    --------
    >>> fit_map([0, 1, 0, 1], [-2.0, 2.0, 0.5, -0.5], "platt", probabilities=False).method
    'platt'
    """
    if method not in METHODS:
        raise InputError(f"method must be one of {', '.join(METHODS)}, got {method}")
    if not probabilities and method not in _OF_SCORES:
        raise InputError(
            f"{METHODS[method][0]} maps probabilities; these are decision scores: take Platt or isotonic"
        )
    actual, given = np.asarray(truth, dtype=np.float64), np.asarray(values, dtype=np.float64)
    weight = np.ones(len(given)) if weights is None else np.asarray(weights, dtype=np.float64)
    kept = weight > 0
    actual, given, weight = actual[kept], given[kept], weight[kept]
    if not len(actual) or actual.min() == actual.max():
        raise InputError("a mapping to probabilities needs cases of both classes")
    if not np.isfinite(given).all():
        raise InputError("a mapping to probabilities needs finite scores: leave out the infinite ones")
    return _FITS[method](actual, given, weight, "probability" if probabilities else "score")


def recalibrate(
    truth: npt.ArrayLike,
    values: npt.ArrayLike,
    method: str,
    *,
    probabilities: bool = True,
    weights: npt.ArrayLike | None = None,
    folds: int = 5,
    seed: int = 0,
) -> Recalibration:
    """Preview a mapping: cross-fitted, so that no row judges a mapping that it helped to fit.

    Parameters
    ----------
    truth, values, method, probabilities, weights
        As in `fit_map`.
    folds : int, default 5
        Stratified; fewer where a class has fewer cases.
    seed : int, default 0
        Of the folds.

    Returns
    -------
    Recalibration

    Raises
    ------
    InputError
        As `fit_map`; and where a class has one case only.

    Examples
    --------
    >>> generator = np.random.default_rng(0)
    >>> right = generator.random(2000)
    >>> truth = (generator.random(2000) < right).astype(int)
    >>> too_sure = right**3 / (right**3 + (1 - right) ** 3)
    >>> found = recalibrate(truth, too_sure, "temperature")
    >>> found.after["log_loss"] < found.before["log_loss"], 0.25 < found.map.numbers["slope"][0] < 0.42
    (True, True)
    """
    actual: npt.NDArray[np.float64] = np.asarray(truth, dtype=np.float64)
    given: npt.NDArray[np.float64] = np.asarray(values, dtype=np.float64)
    weight = None if weights is None else np.asarray(weights, dtype=np.float64)
    whole = fit_map(actual, given, method, probabilities=probabilities, weights=weight)
    folds = int(min(folds, actual.sum(), len(actual) - actual.sum()))
    if folds < 2:
        raise InputError("cross-fitting needs at least two cases of each class")
    place = _folds(actual, folds, seed)
    probability = np.empty(len(given), dtype=np.float64)
    for fold in range(folds):
        out = place == fold
        mapped = fit_map(
            actual[~out],
            given[~out],
            method,
            probabilities=probabilities,
            weights=None if weight is None else weight[~out],
        )
        probability[out] = mapped(given[out])
    return Recalibration(
        whole,
        _losses(actual, given, weight) if probabilities else {},
        _losses(actual, probability, weight),
        probability,
        folds,
    )


def _losses(
    truth: FloatArray, probability: npt.NDArray[np.float64], weights: FloatArray | None
) -> dict[str, float]:
    return {
        "brier": brier_score(truth, probability, weights),
        "log_loss": log_loss(truth, probability, weights),
        "expected_error": reliability(truth, probability, weights=weights).expected_error,
    }


def _folds(truth: FloatArray, folds: int, seed: int) -> npt.NDArray[np.intp]:
    """A fold for each case, each class dealt out evenly after shuffling."""
    generator = np.random.default_rng(seed)
    place = np.empty(len(truth), dtype=np.intp)
    for value in (0, 1):
        cases = generator.permutation(np.flatnonzero(truth == value))
        place[cases] = np.arange(len(cases)) % folds
    return place


def _smoothed(truth: FloatArray, weight: FloatArray) -> FloatArray:
    """Platt's targets: a little off 0 and 1, so that scores which part the classes still have a finite mapping."""
    positive, negative = float(weight @ truth), float(weight @ (1 - truth))
    aim: FloatArray = np.where(truth == 1, (positive + 1) / (positive + 2), 1 / (negative + 2))
    return aim
