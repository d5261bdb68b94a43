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

__all__ = [
    "CountedRows",
    "count_rows",
    "count_weighted_rows",
    "cumulate",
    "descending_order",
    "distinct_rows",
]

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
    """The distinct scores in descending order, with the counts from the top down to each.

    Parameters
    ----------
    score : ndarray of float32 or float64, shape (m,)
        Descending, with -0.0 turned into 0.0.
    true_positives, false_positives : ndarray of int64 (float64 with weights), shape (m,)
        Positives and negatives with at least that score.
    """

    score: FloatArray
    true_positives: CountArray
    false_positives: CountArray


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
        return distinct_rows([score[order], true_positives, false_positives])
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
    columns: list[npt.NDArray[Any]] = [score[order], weight[order]]
    positive = truth[order].astype(bool)
    del order
    columns.append(np.where(positive, 0.0, columns[1]))
    columns[1][~positive] = 0.0
    for column in columns[1:]:
        cumulate(column)
    return distinct_rows(columns)


def distinct_rows(columns: list[npt.NDArray[Any]]) -> CountedRows:
    """Keep the last row of each run of equal scores, where the counts are those at the score.

    Parameters
    ----------
    columns : list of three ndarrays, shape (n,)
        Descending scores, cumulative true and false positives. The list is emptied, so that arrays that
        nobody else holds make room one by one.

    Examples
    --------
    >>> distinct_rows([np.array([0.5, 0.5]), np.array([0, 1]), np.array([1, 1])]).true_positives
    array([1])
    """
    score = columns[0]
    last = np.append(score[1:] != score[:-1], True)
    del score
    whole = bool(last.all())
    kept = []
    while columns:
        kept.append(columns[0] if whole else columns[0][last])
        del columns[0]
    kept[0] += kept[0].dtype.type(0)  # -0.0 becomes 0.0
    return CountedRows(*kept)


def cumulate(counts: CountArray) -> CountArray:
    """Turn counts into cumulative counts, in place, without carrying rounding from row to row.

    Integers are exact. Floats get the rounding errors of the running sum added back (Ogita, Rump & Oishi
    (2005), "Accurate sum and dot product", doi:10.1137/030601818): each entry is as if it had been summed
    in twice the precision and rounded once.

    Parameters
    ----------
    counts : ndarray of int64 or float64, shape (n,)
        At least 0.

    Returns
    -------
    ndarray
        `counts` itself.

    Examples
    --------
    >>> cumulate(np.array([1.0, 1e-16, 1e-16])).tolist()
    [1.0, 1.0, 1.0000000000000002]
    """
    if counts.dtype.kind != "f":
        return np.cumsum(counts, out=counts)
    carried, lost = 0.0, 0.0
    for start in range(0, len(counts), _BLOCK):
        block = counts[start : start + _BLOCK]
        sums = np.concatenate(([carried], block))
        np.cumsum(sums, out=sums)
        before, after = sums[:-1], sums[1:]
        added = after - before
        errors = (before - (after - added)) + (block - added)
        errors[0] += lost
        np.cumsum(errors, out=errors)
        np.add(after, errors, out=block)
        carried, lost = float(after[-1]), float(errors[-1])
    # What is left of rounding could make a sum fall by one unit in its last place; counts never fall.
    return np.maximum.accumulate(counts, out=counts)


def descending_order(score: FloatArray) -> npt.NDArray[np.int64]:
    """Return the row indices that put `score` in descending order.

    Sorts keys of the score's leading bits above the row's index, then sorts again the few runs in which
    the bits that were cut decide. Infinities and -0.0 are in their places.

    Parameters
    ----------
    score : ndarray of float32 or float64, shape (n,)
        Without NaN, n at least 1.

    Returns
    -------
    ndarray of int64, shape (n,)

    Examples
    --------
    >>> descending_order(np.array([0.2, np.inf, -1.0, 0.5]))
    array([1, 3, 0, 2])
    """
    highest, lowest = (int(_ordered_bits(score[[at]])[0]) for at in (score.argmax(), score.argmin()))
    index_bits = (len(score) - 1).bit_length()
    cut = max(0, (highest - lowest).bit_length() + index_bits - 63)
    # At most 63 bits are used, so that keys are never negative: signed integers sort faster.
    keys = np.empty(len(score), np.int64)
    unsigned = keys.view(np.uint64)
    top = np.uint64(highest % 2**64)
    for start in range(0, len(score), _BLOCK):
        block = slice(start, start + _BLOCK)
        key = unsigned[block]
        np.subtract(top, _ordered_bits(score[block]).view(np.uint64), out=key)
        key >>= np.uint64(cut)
        key <<= np.uint64(index_bits)
        key |= np.arange(start, start + len(key), dtype=np.uint64)
    keys.sort()
    if not cut:
        keys &= (1 << index_bits) - 1
        return keys
    return _repaired(keys & ((1 << index_bits) - 1), keys >> index_bits, score)


def _ordered_bits(score: FloatArray) -> IntArray:
    """Integers in the order of the scores."""
    bits: IntArray = (score.astype(np.float64) + 0.0).view(np.int64)
    # Negative floats count downwards: flipping their magnitude makes integer order score order.
    bits ^= (bits >> 63) & np.iinfo(np.int64).max
    return bits


def _repaired(order: IntArray, leading: IntArray, score: FloatArray) -> IntArray:
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
    """Turn sorted keys back into scores, in place, count, and close the gaps that ties leave."""
    rows = len(keys)
    bits = keys.view(f"i{keys.itemsize}")
    # Above this row scores are positive or 0 (whose keys are the patterns 0 and 1), from it on negative.
    first_negative = int(keys.searchsorted(np.array([1], bits.dtype).view(keys.dtype)[0], side="right"))
    columns: list[npt.NDArray[Any]] = [keys, np.empty(rows, np.int64), np.empty(rows, np.int64)]
    inverse: Any = keys.dtype.type(1 / scale)
    magnitude = np.iinfo(bits.dtype).max >> 1
    rank, last = np.arange(1, min(_BLOCK, rows) + 1), np.empty(min(_BLOCK, rows), bool)
    counted, distinct = 0, 0
    for start in range(0, rows, _BLOCK):
        key, positives, negatives = (column[start : start + _BLOCK] for column in columns)
        bit, ends = key.view(bits.dtype), last[: len(key)]
        np.bitwise_and(bit, 1, out=positives)
        positives[0] += counted
        np.cumsum(positives, out=positives)
        np.subtract(rank[: len(key)], positives, out=negatives)
        rank += _BLOCK
        counted = positives[-1]

        bit >>= 1  # truth falls off; the sign moves along, and stays where it was
        np.not_equal(bit[1:], bit[:-1], out=ends[:-1])
        ends[-1] = start + len(key) == rows or bits[start + len(key)] >> 1 != bit[-1]
        bit &= magnitude
        if first_negative < start + len(key):
            below = key[max(first_negative - start, 0) :]
            np.negative(below, out=below)
        if scale != 1:
            key *= inverse
        kept = int(np.count_nonzero(ends))
        if distinct + kept < start + len(key):
            places = start + np.flatnonzero(ends)
            for column in columns:
                column[distinct : distinct + kept] = column[places]
        distinct += kept
    # A copy frees the rest; where that is the smaller half it would only need more memory.
    return CountedRows(
        *(each[:distinct] if 2 * distinct > rows else each[:distinct].copy() for each in columns)
    )
