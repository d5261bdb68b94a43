"""What is not predictions: told apart, and refused with what it is and what to do."""

from __future__ import annotations

from collections.abc import Mapping

from evalcore.inputs.columns.profile import ColumnProfile
from evalcore.inputs.columns.words import METRIC
from evalcore.inputs.plan import messages
from evalcore.wording import say

__all__ = ["not_predictions", "regression"]

Profiles = Mapping[str, ColumnProfile]
_SETTINGS = ("param_", "params_", "params.", "hparam_", "hparams.", "hyperparameter", "config/", "config.")
"""How searches for the best settings begin the names of what they tried."""


def _is_metric(profile: ColumnProfile) -> bool:
    words = set(profile.reading.words)
    of_search = words & {"mean", "std", "rank", "avg", "split"} and words & {"test", "train", "fit"}
    if of_search and words & {"score", "time"}:
        return True  # the table of a grid search
    return (
        profile.kind == "number"
        and bool(set(profile.reading.words) & METRIC)
        and not (profile.reading.role in ("truth", "prediction") and profile.reading.strength >= 0.8)
    )


def not_predictions(profiles: Profiles) -> str | None:
    """Return the sentence that refuses a table of something else, None where it may be predictions.

    Parameters
    ----------
    profiles : mapping of str to ColumnProfile

    Returns
    -------
    str or None

    Examples
    --------
    >>> import pandas as pd
    >>> from evalcore.inputs.columns.profile import profile_table
    >>> table = pd.DataFrame({"model": ["a", "b"], "accuracy": [0.9, 0.8], "f1": [0.7, 0.6]})
    >>> print(not_predictions(profile_table(table))[:35])
    this is a table of finished metrics
    """
    metrics = [each.name for each in profiles.values() if _is_metric(each)]
    numbers = [each for each in profiles.values() if each.kind == "number"]
    if {"precision", "recall", "support"} <= {name.strip().casefold() for name in profiles}:
        return say(messages.FINISHED_REPORT, columns=metrics)
    if len(metrics) >= 2 and len(metrics) >= 0.5 * len(numbers):
        return say(messages.FINISHED_METRICS, columns=metrics)
    settings = [each.name for each in profiles.values() if each.name.casefold().startswith(_SETTINGS)]
    if len(settings) >= 2:
        return say(messages.TRIALS, columns=settings)
    texts = [each for each in profiles.values() if each.kind == "text"]
    models = [each for each in texts if each.reading.role == "model" and each.unique and not each.missing]
    scored = [each.name for each in numbers if each.reading.role == "score"]
    if models and scored:
        return say(messages.FINISHED_METRICS, columns=scored)
    if len(profiles) <= 2 and texts and not numbers and any(_is_prose(each) for each in texts):
        return say(messages.FREE_TEXT, column=texts[0].name)
    return None


def _is_prose(profile: ColumnProfile) -> bool:
    """Long texts of several words that hardly repeat."""
    spaces = profile.sample.iloc[:200].astype(str).str.count(" ").mean()
    return bool(profile.mean_length > 25 and spaces >= 3 and profile.distinct > 0.5 * profile.size)


def regression(profiles: Profiles, truth: str | None) -> str | None:
    """Return the sentence that refuses numbers predicted for numbers, None where classes are about.

    Parameters
    ----------
    profiles : mapping of str to ColumnProfile
    truth : str or None
        The truth column, where there is one.

    Returns
    -------
    str or None
    """
    numeric = [
        each for each in profiles.values() if each.continuous and not (each.integral and each.labelled)
    ]
    true = [each for each in numeric if each.reading.role == "truth" and each.distinct > 20]
    guessed = [each for each in numeric if each.reading.role in ("prediction", "score") and each not in true]
    chances = [each for each in numeric if not each.integral]
    # A submission is often called as the truth it will be compared with.
    submitted = not guessed and len(chances) == 1 and chances[0].in_unit
    if true and truth is None and (guessed or len(numeric) >= 2) and not submitted:
        return say(messages.REGRESSION_TRUTH, column=true[0].name)
    others = [each for each in profiles.values() if each.kind not in ("number", "empty")]
    numeric = [each for each in numeric if not each.integral]
    lonely = len(numeric) == 1 and not any(each.labelled for each in profiles.values())
    outside = lonely and not numeric[0].in_unit and numeric[0].reading.role != "score"
    if truth is None and outside and len(others) + len(numeric) >= len(profiles) - 1:
        return say(messages.REGRESSION_OUTPUT, column=numeric[0].name)
    return None
