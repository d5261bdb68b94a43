"""What is said of calibration, in sentences for people who know no statistics."""

from __future__ import annotations

import math

import numpy as np

from evalcore.describing.plain_words import DEFAULT_WORDS, PlainWords
from evalcore.metrics.probability.calibration import Calibration
from evalcore.metrics.probability.reliability import ENOUGH, Reliability
from evalcore.numbers import coefficient, points, probability_of_chance, share, share_range, signed

__all__ = ["CAUSES", "calibration_figures", "calibration_sentences"]

#: What a bias may come from, and what does not cure it.
CAUSES = (
    "A bias may come from features that miss something, noisy data, a fault in the pipeline, a sample unlike the cases "
    "that are to come, or too strong regularization. A mapping laid on top hides such a cause and does not cure it. "
    "And a bias near zero does not make a model good: always predicting the average has none."
)


def calibration_sentences(
    found: Calibration, positive: str, *, words: PlainWords | None = None
) -> tuple[str, ...]:
    """Say whether the probabilities can be taken at their word.

    Parameters
    ----------
    found : Calibration
    positive : str
        The class whose probability it is.
    words : PlainWords, optional
        People's own, for cases and for what a positive one is.

    Returns
    -------
    tuple of str
        The verdict, the bucket that shows it best, and the bias of all cases. Plain text.

    Examples
    --------
    >>> from evalcore.metrics.probability.calibration import calibration
    >>> generator = np.random.default_rng(0)
    >>> said = generator.random(2000)
    >>> calibration_sentences(calibration(generator.random(2000) < said, said), "ill")[0][:52]
    'These probabilities can be taken at their word: what'
    """
    error, chance = found.buckets.expected_error, found.chance
    if error <= chance:
        verdict = (
            "These probabilities can be taken at their word: what differs from the observed shares is no more than "
            "chance gives."
        )
    else:
        verdict = (
            f"These probabilities cannot be taken at their word: on average they are {points(error)} away from what "
            f"was observed; chance alone would give at most {points(chance)}."
        )
    return (verdict, *_telling(found.buckets, positive, words), _bias(found, words))


def calibration_figures(found: Calibration) -> tuple[tuple[str, str, str], ...]:
    """The figures as rows: name, value with how sure it is, and what it means.

    Parameters
    ----------
    found : Calibration

    Returns
    -------
    tuple of (name, value, meaning)
    """
    line = found.line
    reliability, resolution, uncertainty = found.buckets.murphy
    buckets = "equal numbers" if found.buckets.strategy == "quantile" else "equal widths"
    # Shares of the squared scale have digits of their own: they are small numbers and no percentages.
    return (
        (
            "Prediction bias",
            f"{signed(found.bias, points)} ({signed(float(found.bias_interval.low), points)} to "
            f"{signed(float(found.bias_interval.high), points)})",
            "mean probability minus observed share; above 0 the model promises too much",
        ),
        (
            "Expected calibration error",
            f"{share(found.buckets.expected_error)}, by chance at most {share(found.chance)}",
            f"mean distance of said and observed over buckets of {buckets}; never 0 on real data",
        ),
        ("Largest error of a bucket", share(found.buckets.largest_error), "however few its cases (MCE)"),
        (
            "Brier score",
            f"{coefficient(found.brier)} ({coefficient(float(found.brier_interval.low))} to "
            f"{coefficient(float(found.brier_interval.high))})",
            "mean squared distance of probability and truth; 0 is perfect",
        ),
        (
            "  made of (isotonic)",
            f"{coefficient(found.curve.miscalibration)} − {coefficient(found.curve.discrimination)} + "
            f"{coefficient(found.curve.uncertainty)}",
            "miscalibration − discrimination + uncertainty (CORP)",
        ),
        (
            "  made of (buckets)",
            f"{coefficient(reliability)} − {coefficient(resolution)} + {coefficient(uncertainty)}",
            "reliability − resolution + uncertainty (Murphy)",
        ),
        (
            "Log loss",
            f"{coefficient(found.log_loss)} ({coefficient(float(found.log_loss_interval.low))} to "
            f"{coefficient(float(found.log_loss_interval.high))})",
            "punishes being sure and wrong; 0 is perfect",
        ),
        (
            "Slope",
            _within(line.slope, line.slope_interval.low, line.slope_interval.high),
            "1 is right; below 1 the probabilities are too extreme",
        ),
        (
            "Intercept",
            _within(line.intercept, line.intercept_interval.low, line.intercept_interval.high),
            "0 is right; above 0 positives are more frequent than said",
        ),
        (
            "Spiegelhalter's test",
            "–" if math.isnan(found.z) else f"z {coefficient(found.z)}, p {probability_of_chance(found.p)}",
            "a small p: chance alone does not explain the errors",
        ),
    )


def _telling(buckets: Reliability, positive: str, words: PlainWords | None) -> tuple[str, ...]:
    """The bucket, of those with enough cases, that is furthest from what it says."""
    spoken = words or DEFAULT_WORDS
    enough = np.flatnonzero(buckets.cases >= ENOUGH)
    if not len(enough):
        return (f"No bucket holds {ENOUGH} {spoken.cases}: there are too few to say much.",)
    place = int(enough[np.argmax(np.abs(buckets.bias[enough]))])
    low, high = np.asarray(buckets.interval.low)[place], np.asarray(buckets.interval.high)[place]
    said, cases = share(float(buckets.predicted[place])), spoken.count(float(buckets.cases[place]))
    seen = f"{share(float(buckets.observed[place]))} ({share_range(float(low), float(high))}) of {cases}"
    if words is None:
        told = f"Where it says about {said} for “{positive}”, it was so in {seen}"
    else:
        told = f"Where it says about {said}, {seen} {words.truth(True)}"
    return (f"{told}: the furthest of all buckets.",)


def _bias(found: Calibration, words: PlainWords | None) -> str:
    every = f"Over all {(words or DEFAULT_WORDS).cases}"
    low, high = float(found.bias_interval.low), float(found.bias_interval.high)
    if low <= 0 <= high:
        return f"{every} it promises neither too much nor too little, as far as these data tell."
    way = "too much" if found.bias > 0 else "too little"
    ends = sorted((abs(low), abs(high)))
    return f"{every} it promises {points(abs(found.bias))} {way} ({share_range(*ends)})."


def _within(value: float, low: object, high: object) -> str:
    ends = f"{coefficient(float(low))} to {coefficient(float(high))}"  # type: ignore[arg-type]
    return "no finite line fits" if math.isnan(value) else f"{coefficient(value)} ({ends})"
