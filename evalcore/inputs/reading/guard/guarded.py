"""Read a stranger's file in a process of its own, so that no file can take the server's memory or time.

Limits on what a file says of itself do not bound what a library makes of it: 234 kB of Parquet became 5 GB,
58 kB of gzipped JSON 4.4 GB. Here the operating system keeps the bound, whatever the format. Plain delimited
text grows by a known factor and is read at once.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO, cast

from evalcore.errors import InputError
from evalcore.inputs.progress import stage, told
from evalcore.inputs.reading import messages as say
from evalcore.inputs.reading.guard.wire import receive, send, unpacked_tables
from evalcore.inputs.reading.kinds import recognise
from evalcore.inputs.reading.limits import Limits
from evalcore.inputs.reading.read_table import ReadTable
from evalcore.inputs.reading.reader import read_tables

__all__ = ["Allowance", "ReadingProcess", "guarded_tables", "keep_one_ready"]

_ROOT = Path(__file__).parents[4]
# Arrow's own allocator, and glibc's for each thread, reserve addresses far beyond what they use.
_PLAIN_MEMORY = {"ARROW_DEFAULT_MEMORY_POOL": "system", "MALLOC_ARENA_MAX": "2"}
_SPARE = threading.Lock()
# Files of several visitors at once: the others wait, so that what reading takes is bounded for all together.
_AT_ONCE = threading.BoundedSemaphore(max(2, os.cpu_count() or 2))
_spare: list[ReadingProcess] = []


@dataclass(frozen=True)
class Allowance:
    """What reading one file may take.

    Parameters
    ----------
    least, most : int
        Bytes of memory for a small and for a large file; between them in proportion to the file's size.
    times : int
        Bytes of memory for each byte of the file.
    seconds : float
        Processor seconds for any file, and as many more for each 20 MB of it.
    """

    least: int = 1 << 30
    most: int = 6 << 30
    times: int = 40
    seconds: float = 20.0

    def memory(self, size: int) -> int:
        """Bytes of memory for a file of so many bytes.

        Examples
        --------
        >>> Allowance(least=100, most=1000, times=10).memory(50)
        500
        """
        return min(max(self.least, self.times * size), self.most)

    def time(self, size: int) -> float:
        """Processor seconds for a file of so many bytes.

        Examples
        --------
        >>> Allowance(seconds=20.0).time(20_000_000)
        40.0
        """
        return self.seconds * (1 + size / 20_000_000)


_DEFAULT_LIMITS = Limits()
_DEFAULT_ALLOWANCE = Allowance()
_WALL = 6.0  # seconds on the clock for each of the processor's: a busy machine is not the file's fault


class ReadingProcess:
    """A process that waits for one file to read."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "evalcore.inputs.reading.guard.worker"],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **_PLAIN_MEMORY},
        )

    @property
    def waits(self) -> bool:
        """Whether it can still take a file."""
        return self._process.poll() is None

    def read(self, name: str, content: bytes, limits: Limits, allowance: Allowance) -> tuple[ReadTable, ...]:
        """Let it read; InputError where the file is refused, or takes more than it is allowed."""
        seconds = allowance.time(len(content))
        head = {
            "name": name,
            "limits": asdict(limits),
            "memory": allowance.memory(len(content)),
            "seconds": seconds,
        }
        late = threading.Timer(seconds * _WALL, self._process.kill)
        late.daemon = True
        late.start()
        try:
            send(cast(BinaryIO, self._process.stdin), head, content)
            while "progress" in (answer := receive(cast(BinaryIO, self._process.stdout)))[0]:
                told(answer[0]["progress"], answer[0]["text"])
        except (EOFError, OSError, ValueError):  # it is gone, or was ended
            raise InputError(say.too_much_memory(name)) from None
        finally:
            late.cancel()
            self.end()
        if "refusal" in answer[0]:
            raise InputError(answer[0]["refusal"])
        return unpacked_tables(*answer)

    def end(self) -> None:
        """End the process and close what leads to it."""
        self._process.kill()
        self._process.communicate()


def guarded_tables(
    source: bytes,
    *,
    name: str = "",
    limits: Limits = _DEFAULT_LIMITS,
    allowance: Allowance = _DEFAULT_ALLOWANCE,
) -> tuple[ReadTable, ...]:
    r"""Read every table of a file as `read_tables` does, within memory and time that its size allows.

    Parameters
    ----------
    source : bytes
    name : str, optional
        The file's name, for the messages.
    limits : Limits, optional
    allowance : Allowance, optional

    Returns
    -------
    tuple of ReadTable

    Raises
    ------
    InputError
        As `read_tables`; and where reading takes more memory or time than it is allowed.

    Examples
    --------
    >>> guarded_tables(b"truth,score\n1,0.75\n0,0.5\n")[0].format
    'comma-separated text'
    """
    if recognise(source) == "text":
        return read_tables(source, name=name, limits=limits)
    with stage(0.0, 1.0, say.step_reading(name)):
        try:
            with _AT_ONCE:
                return _taken().read(name, source, limits.fair_to(len(source)), allowance)
        finally:
            keep_one_ready()


@atexit.register
def _end_spare() -> None:
    with _SPARE:
        while _spare:
            _spare.pop().end()


def keep_one_ready() -> None:
    """Start the process that will read the next file, where none waits: its imports take a second."""
    with _SPARE:
        if not any(each.waits for each in _spare):
            _spare[:] = [ReadingProcess()]


def _taken() -> ReadingProcess:
    with _SPARE:
        ready = _spare.pop() if _spare else None
    return ready if ready is not None and ready.waits else ReadingProcess()
