"""One figure of a model and its difference to a baseline's, judged on the same rows."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from scipy.special import ndtr

__all__ = ["Figure", "adjusted_for_models", "compared_figure", "holm"]


@dataclass(frozen=True)
class Figure:
    """One figure of one model, and its difference to the baseline's.

    Parameters
    ----------
    value, low, high : float
        With its interval; nan where it is not defined, and limits of nan where no interval is had.
    change, change_low, change_high : float
        Figure less the baseline's, and the interval of that: of the same rows, so that what both share cancels.
    p, adjusted : float
        How often chance alone gives such a difference, and that after Holm's correction over the models.
    more_cases : float
        About how many more such cases would tell this difference from 0; 0 where these do, nan where it is 0.
    """

    value: float
    low: float = math.nan
    high: float = math.nan
    change: float = math.nan
    change_low: float = math.nan
    change_high: float = math.nan
    p: float = math.nan
    adjusted: float = math.nan
    more_cases: float = math.nan

    @property
    def differs(self) -> bool:
        """Whether chance does not explain the difference, at 5 % over all models."""
        return self.adjusted < 0.05


def compared_figure(own: Figure, other: float, apart: float, *, reach: float, cases: float) -> Figure:
    """Return a figure with its difference to another model's.

    Parameters
    ----------
    own : Figure
    other : float
        The other model's value.
    apart : float
        Standard error of the difference, of the same rows.
    reach : float
        So many standard errors are the interval.
    cases : float
        How many there are.

    Examples
    --------
    >>> found = compared_figure(Figure(0.8), 0.7, 0.02, reach=1.96, cases=100)
    >>> round(found.change_low, 3), round(found.change_high, 3), found.more_cases
    (0.061, 0.139, 0.0)
    """
    change = own.value - other
    far = abs(change) / apart if apart > 0 else (math.inf if change else 0.0)
    return replace(
        own,
        change=change,
        change_low=change - reach * apart,
        change_high=change + reach * apart,
        p=float(2 * ndtr(-far)) if apart >= 0 else math.nan,
        more_cases=math.nan if not far else max(0.0, cases * ((reach / far) ** 2 - 1)),
    )


def adjusted_for_models(figures: Mapping[str, dict[str, Figure]], others: Sequence[str]) -> None:
    """Correct each figure's p over the models that are compared with the baseline, in place."""
    for metric in {metric for name in others for metric in figures[name]}:
        there = [name for name in others if metric in figures[name]]
        for name, adjusted in zip(there, holm([figures[name][metric].p for name in there]), strict=True):
            figures[name][metric] = replace(figures[name][metric], adjusted=adjusted)


def holm(values: Sequence[float]) -> list[float]:
    """Correct p-values for their number, so that any wrong call among them is as rare as 5 % would have it.

    Those that are nan are passed over.

    References
    ----------
    Holm (1979), Scand. J. Stat. 6, 65-70.

    Examples
    --------
    >>> [round(each, 3) for each in holm([0.01, 0.04, 0.03])]
    [0.03, 0.06, 0.06]
    """
    adjusted = [math.nan] * len(values)
    there = sorted((value, place) for place, value in enumerate(values) if not math.isnan(value))
    least = 0.0
    for rank, (value, place) in enumerate(there):
        least = max(least, min(1.0, (len(there) - rank) * value))
        adjusted[place] = least
    return adjusted
