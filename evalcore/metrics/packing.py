"""Sort rows by score without an argsort, and count from the top: the private engine of `ThresholdSweep`.

Where rows count one each, a row is its score and one bit of truth. Both fit one 64-bit key (32-bit
for float32 scores), so that a single in-place sort of numbers replaces an argsort and two gathers:

- a score of magnitude at most 1 leaves the upper half of the exponents unused. Doubling the bit pattern of
  its magnitude (as an integer) keeps the order and frees the lowest bit, where truth goes;
- larger scores are first multiplied by a power of two, which is exact, and checked to be;
- the keys are finite floats again, and floats are what NumPy sorts fastest.

What cannot be packed (infinities, magnitudes that span the whole range of exponents) and rows with
weights are ordered by `descending_order`: the leading bits of the score with the row's index below them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

__all__ = ["CountedRows", "count_rows", "count_weighted_rows", "cumulate", "descending_order"]

FloatArray: TypeAlias = npt.NDArray[np.floating[Any]]
IntArray: TypeAlias = npt.NDArray[np.int64]
# Counts: int64, or float64 where cases are weighted.
CountArray: TypeAlias = npt.NDArray[Any]

# Rows that are worked on at a time: all steps of a block then run in the second-level cache.
_BLOCK = 16384
# By item size: two to this power and its inverse are both finite and normal.
_LARGEST_EXPONENT = {8: 1000, 4: 120}


@dataclass(frozen=True, eq=False)
class CountedRows:
    """Every row by descending score, with the counts from the top down to it.

    Parameters
    ----------
    score : ndarray of float32 or float64, shape (n,)
        Descending, with -0.0 turned into 0.0.
    true_positives, false_positives : ndarray of int64 (float64 with weights), shape (n,)
        Positives and negatives among the first 1, 2, ... n rows. Inside a run of equal scores they
        follow an arbitrary order: only the run's last row means something.
    tied : bool
        False where no two scores are equal for certain.
    """

    score: FloatArray
    true_positives: CountArray
    false_positives: CountArray
    tied: bool

    def distinct(self) -> CountedRows:
        """Keep the last row of each run of equal scores, where the counts are those at the score."""
        if not self.tied:
            return self
        last = np.append(self.score[1:] != self.score[:-1], True)
        return CountedRows(
            self.score[last], self.true_positives[last], self.false_positives[last], tied=False
        )


def count_rows(truth: npt.NDArray[np.uint8], score: FloatArray) -> CountedRows:
    """Sort rows by descending score and count both classes from the top.

    Parameters
    ----------
    truth : ndarray of uint8, shape (n,)
        0 or 1.
    score : ndarray of float32 or float64, shape (n,)
        Without NaN, n at least 1. Neither array is changed.

    Examples
    --------
    >>> rows = count_rows(np.array([0, 1, 1], np.uint8), np.array([0.2, 0.9, 0.5]))
    >>> rows.score, rows.true_positives, rows.false_positives
    (array([0.9, 0.5, 0.2]), array([1, 2, 2]), array([0, 0, 1]))
    """
    lowest, highest = float(score.min()), float(score.max())
    scale = _scale(max(highest, -lowest), score.itemsize)
    keys = None if scale is None else _pack(truth, score, scale, signed=lowest < 0)
    if scale is None or keys is None:
        order = descending_order(score)
        true_positives = np.cumsum(truth[order], dtype=np.int64)
        false_positives = np.arange(1, len(order) + 1) - true_positives
        return CountedRows(score[order] + score.dtype.type(0), true_positives, false_positives, tied=True)
    keys.sort()
    return _unpack(keys, scale)


def count_weighted_rows(
    truth: npt.NDArray[np.uint8], score: FloatArray, weight: npt.NDArray[np.float64]
) -> CountedRows:
    """Sort rows by descending score and add the weights of both classes from the top.

    Parameters
    ----------
    truth, score
        As in `count_rows`.
    weight : ndarray of float64, shape (n,)
        Above 0, with a finite sum.

    Examples
    --------
    >>> rows = count_weighted_rows(np.array([0, 1], np.uint8), np.array([0.2, 0.9]), np.array([3.0, 0.5]))
    >>> rows.true_positives, rows.false_positives
    (array([0.5, 0.5]), array([0., 3.]))
    """
    order = descending_order(score)
    weights, positive = weight[order], truth[order] == 1
    true_positives = cumulate(np.where(positive, weights, 0.0))
    weights[positive] = 0.0
    return CountedRows(score[order] + score.dtype.type(0), true_positives, cumulate(weights), tied=True)


def cumulate(counts: CountArray) -> CountArray:
    """Return cumulative sums that carry no rounding from row to row.

    Integers are exact. Floats get the rounding errors of the running sum added back (Ogita, Rump & Oishi
    (2005), "Accurate sum and dot product", doi:10.1137/030601818): each entry is as if it had been summed
    in twice the precision and rounded once.

    Parameters
    ----------
    counts : ndarray of int64 or float64, shape (n,)
        At least 0.

    Examples
    --------
    >>> cumulate(np.array([1.0, 1e-16, 1e-16])).tolist()
    [1.0, 1.0, 1.0000000000000002]
    """
    sums = np.cumsum(counts)
    if counts.dtype.kind != "f":
        return sums
    errors = np.zeros_like(sums)
    before, after = sums[:-1], sums[1:]
    added = after - before
    errors[1:] = (before - (after - added)) + (counts[1:] - added)
    sums += np.cumsum(errors, out=errors)
    # What is left of rounding could make a sum fall by one unit in its last place; counts never fall.
    return np.maximum.accumulate(sums, out=sums)


def descending_order(score: FloatArray) -> npt.NDArray[np.intp]:
    """Return the row indices that put `score` in descending order.

    Sorts keys of the score's leading bits above the row's index, then sorts again the few runs in which
    the bits that were cut decide. Infinities and -0.0 are in their places.

    Parameters
    ----------
    score : ndarray of float32 or float64, shape (n,)
        Without NaN, n at least 1.

    Returns
    -------
    ndarray of intp, shape (n,)

    Examples
    --------
    >>> descending_order(np.array([0.2, np.inf, -1.0, 0.5]))
    array([1, 3, 0, 2])
    """
    magnitude_bits = np.int64(np.iinfo(np.int64).max)
    bits = (score.astype(np.float64) + 0.0).view(np.int64)
    # Negative floats count downwards: flipping their magnitude makes integer order score order.
    bits ^= (bits >> 63) & magnitude_bits
    highest, lowest = int(bits.max()), int(bits.min())
    index_bits = (len(bits) - 1).bit_length()
    cut = max(0, (highest - lowest).bit_length() + index_bits - 63)
    keys = (np.uint64(highest & 0xFFFF_FFFF_FFFF_FFFF) - bits.view(np.uint64)) >> np.uint64(cut)
    del bits
    keys <<= np.uint64(index_bits)
    keys |= np.arange(len(keys), dtype=np.uint64)
    signed = keys.view(np.int64)  # never negative: 63 bits are used, and signed integers sort faster
    signed.sort()
    order = (signed & ((1 << index_bits) - 1)).astype(np.intp, copy=False)
    return order if cut == 0 else _repaired(order, signed >> index_bits, score)


def _repaired(order: npt.NDArray[np.intp], leading: IntArray, score: FloatArray) -> npt.NDArray[np.intp]:
    """Sort the runs of equal leading bits in which scores do not descend."""
    ordered = score[order]
    wrong = np.flatnonzero(ordered[1:] > ordered[:-1])
    if not len(wrong):
        return order
    run = np.zeros(len(order), np.int64)
    np.cumsum(leading[1:] != leading[:-1], out=run[1:])
    broken = np.zeros(run[-1] + 1, bool)
    broken[run[wrong]] = True
    places = np.flatnonzero(broken[run])
    # Runs descend among themselves, so that one sort of all broken rows puts each back into its own run.
    order[places] = order[places][np.argsort(-ordered[places], kind="stable")]
    return order


def _scale(largest: float, itemsize: int) -> float | None:
    """Return the power of two that brings magnitudes to at most 1, or None where there is none."""
    if largest <= 1:
        return 1.0
    if not math.isfinite(largest):
        return None
    exponent = math.frexp(largest)[1]
    return math.ldexp(1.0, -exponent) if exponent <= _LARGEST_EXPONENT[itemsize] else None


def _pack(
    truth: npt.NDArray[np.uint8], score: FloatArray, scale: float, *, signed: bool
) -> FloatArray | None:
    """Pack rows into keys that ascend where scores descend; None where scaling is not exact."""
    keys = np.empty_like(score, order="C")
    bits = keys.view(f"i{score.itemsize}")
    zero, factor, inverse = (score.dtype.type(each) for each in (0, scale, 1 / scale))
    sign, magnitude = np.iinfo(bits.dtype).min, np.iinfo(bits.dtype).max
    spare = np.empty(min(_BLOCK, len(score)), score.dtype)
    for start in range(0, len(score), _BLOCK):
        block = slice(start, start + _BLOCK)
        key, bit, source = keys[block], bits[block], score[block]
        work = spare[: len(key)]
        if scale != 1:
            scaled = np.multiply(source, factor, out=key)
            if not np.array_equal(np.multiply(scaled, inverse, out=work), source):
                return None  # a score so small that the factor takes bits from it
            source = scaled
        if signed:
            np.subtract(zero, source, out=key)  # descending; and both zeros become 0.0
            # sign | magnitude becomes sign | 2 * magnitude
            bit += np.bitwise_and(bit, magnitude, out=work.view(bits.dtype))
        else:
            np.left_shift(source.view(bits.dtype), 1, out=bit)  # the sign of -0.0 falls off
            bit |= sign  # descending
        bit |= truth[block]
    return keys


def _unpack(keys: FloatArray, scale: float) -> CountedRows:
    """Turn sorted keys back into scores, in place, and count."""
    rows = len(keys)
    bits = keys.view(f"i{keys.itemsize}")
    # Above this row scores are positive or 0 (whose keys are the patterns 0 and 1), from it on negative.
    first_negative = int(keys.searchsorted(np.array([1], bits.dtype).view(keys.dtype)[0], side="right"))
    true_positives = np.empty(rows, np.int64)
    false_positives = np.empty(rows, np.int64)
    inverse, magnitude = keys.dtype.type(1 / scale), np.iinfo(bits.dtype).max
    rank = np.arange(1, min(_BLOCK, rows) + 1)
    counted, previous, tied = 0, math.nan, False
    for start in range(0, rows, _BLOCK):
        block = slice(start, start + _BLOCK)
        key, bit, positives = keys[block], bits[block], true_positives[block]
        np.bitwise_and(bit, 1, out=positives)
        bit &= magnitude
        bit >>= 1
        if scale != 1:
            key *= inverse
        positives[0] += counted
        np.cumsum(positives, out=positives)
        np.subtract(rank[: len(bit)], positives, out=false_positives[block])
        rank += _BLOCK
        # Signs are not back yet: 0.5 beside -0.5 is taken for a tie, a false alarm that costs time only.
        tied = tied or bool(key[0] == previous or (key[1:] == key[:-1]).any())
        counted, previous = positives[-1], key[-1]
    np.negative(keys[first_negative:], out=keys[first_negative:])
    return CountedRows(keys, true_positives, false_positives, tied)
