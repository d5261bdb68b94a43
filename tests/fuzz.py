"""Files as they must not be: published layouts are mutated, byte by byte and cell by cell, and opened.

    python -m tests.fuzz [inputs] [seed]

Every outcome must be an evaluation or one sentence (`InputError`). Counted are other exceptions, and inputs that take
more of the processor than two seconds a megabyte (two seconds for what is smaller). What offends is named with its
seed, so that `python -m tests.fuzz 1 SEED` meets it again.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from evalcore.describing.description import describe
from evalcore.errors import InputError
from evalcore.inputs.opening import open_predictions
from tests.processor_time import TooSlowError, processor_seconds
from tests.recognition import published

INPUTS, SECONDS, MEGABYTE = 20_000, 2.0, 1_000_000
#: Larger files are cut to so many bytes: it is the number of inputs that finds faults.
MOST_BYTES = 40_000
_TEXTS = (
    *(
        "",
        " ",
        '"',
        "'",
        "nan",
        "-inf",
        "1e999",
        "[",
        "[]",
        "{}",
        "[1, 2]",
        "{'a': 1}",
        "\ufffd",
        "=1+1",
        "é" * 40,
    ),
    *("1" * 400, "None", "True", "-1", "0x1p3", "1,5", "2024-01-01", "50%", "1:yes", "np.float64(nan)"),
    *("tensor(0.5)", "a\nb", "\x00", "²", "١", "<b>", "…", "-0.0", "1_000", "9" * 25),
)
Mutation = Callable[[bytes, random.Random], bytes]


def flip(raw: bytes, rng: random.Random) -> bytes:
    """Some bytes are others."""
    found = bytearray(raw)
    for _ in range(rng.randint(1, 8)):
        found[rng.randrange(len(found))] = rng.randrange(256)
    return bytes(found)


def cut(raw: bytes, rng: random.Random) -> bytes:
    """A piece is missing."""
    start = rng.randrange(len(raw))
    return raw[:start] + raw[start + rng.randint(1, 400) :]


def double(raw: bytes, rng: random.Random) -> bytes:
    """A piece comes many times."""
    start = rng.randrange(len(raw))
    piece = raw[start : start + rng.randint(1, 60)]
    return raw[:start] + piece * rng.choice((2, 3, 50)) + raw[start:]


def swap(raw: bytes, rng: random.Random) -> bytes:
    """One sign stands for another everywhere."""
    signs = b',;\t|"\n\r .:-_[]{}0123456789'
    return raw.replace(bytes([rng.choice(signs)]), bytes([rng.choice(signs)]))


def retype(raw: bytes, rng: random.Random) -> bytes:
    """Some cells hold what does not belong there."""
    text = raw.decode("utf-8", "replace")
    sign = max(",;\t ", key=text[:2000].count)
    lines = [line.split(sign) for line in text.split("\n")]
    for _ in range(rng.randint(1, 12)):
        line = rng.choice(lines)
        line[rng.randrange(len(line))] = rng.choice(_TEXTS)
    return "\n".join(sign.join(line) for line in lines).encode("utf-8", "replace")


def recolumn(raw: bytes, rng: random.Random) -> bytes:
    """A column is emptied, made constant, or filled with what does not belong there."""
    text = raw.decode("utf-8", "replace")
    sign = max(",;\t ", key=text[:2000].count)
    lines = [line.split(sign) for line in text.split("\n")]
    place, fill = rng.randrange(max(len(lines[0]), 1)), rng.choice(_TEXTS)
    start = rng.choice((0, 1))
    for line in lines[start:]:
        if place < len(line):
            line[place] = fill
    return "\n".join(sign.join(line) for line in lines).encode("utf-8", "replace")


def shorten(raw: bytes, rng: random.Random) -> bytes:
    """Hardly a row is left."""
    return b"\n".join(raw.split(b"\n")[: rng.randint(1, 4)])


MUTATIONS: tuple[Mutation, ...] = (flip, cut, double, swap, retype, recolumn, shorten)


def files() -> list[tuple[tuple[str, bytes], ...]]:
    """The published layouts as files."""
    found = []
    for case in published():
        sources = tuple(
            (f"{case.name}.csv", each.to_csv(index=False).encode())
            if isinstance(each, pd.DataFrame)
            else each
            for each in case.sources
        )
        found.append(tuple((name, raw[:MOST_BYTES]) for name, raw in sources))
    return found


def mutated(sources: Sequence[tuple[str, bytes]], rng: random.Random) -> tuple[tuple[str, bytes], ...]:
    """One of the files, changed once to three times."""
    chosen = rng.randrange(len(sources))
    name, raw = sources[chosen]
    for _ in range(rng.randint(1, 3)):
        raw = rng.choice(MUTATIONS)(raw, rng) or b"\n"
    return (*sources[:chosen], (name, raw), *sources[chosen + 1 :])


def outcome(sources: Sequence[tuple[str, bytes]]) -> tuple[str, str]:
    """Open and describe them: "opened", "refused", "slow" or "crash", and what was said."""
    size = sum(len(raw) for _, raw in sources)
    try:
        with processor_seconds(SECONDS * max(1.0, size / MEGABYTE)):
            describe(open_predictions(*sources))
    except InputError as error:
        return ("refused" if "\n" not in str(error) else "crash"), str(error)
    except TooSlowError as error:
        return "slow", str(error)
    except Exception as error:  # what must not be
        where = error.__traceback__
        while where is not None and where.tb_next is not None:
            where = where.tb_next
        at = f"{where.tb_frame.f_code.co_filename}:{where.tb_lineno}" if where else ""
        return "crash", f"{type(error).__name__}: {str(error)[:200]} ({at})"
    return "opened", ""


def run(inputs: int, seed: int) -> Counter[str]:
    """Open so many; print what offends."""
    every = files()
    found: Counter[str] = Counter()
    for number in range(seed, seed + inputs):
        rng = random.Random(number)
        sources = mutated(every[rng.randrange(len(every))], rng)
        result, said = outcome(sources)
        found[result] += 1
        if result in ("slow", "crash"):
            print(f"  {result:6} seed {number}, {sources[0][0]}: {said}", flush=True)
    return found


def main(arguments: Sequence[str]) -> int:
    """Run and print the counts; 1 where anything offends."""
    numbers: list[Any] = [int(each) for each in arguments] + [INPUTS, 0][len(arguments) :]
    found = run(*numbers)
    told = ", ".join(f"{found[name]:,} {name}" for name in ("opened", "refused", "slow", "crash"))
    print(f"{found.total():,} inputs: {told} (slow and crash must be none)")
    return int(found["slow"] + found["crash"] > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
