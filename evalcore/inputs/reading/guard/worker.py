"""The process that reads one file, within limits that the operating system keeps, and ends.

Started by `guarded`, before there is a file: what it imports is ready when one comes.
"""

from __future__ import annotations

import os
import sys
from typing import Any, BinaryIO

from evalcore.errors import InputError
from evalcore.inputs.reading import messages as say
from evalcore.inputs.reading.guard.wire import packed_tables, receive, send
from evalcore.inputs.reading.limits import Limits
from evalcore.inputs.reading.reader import read_tables

__all__ = ["serve_one"]


def serve_one(source: BinaryIO, target: BinaryIO) -> None:
    """Wait for one file, read it, and send back its tables, or why there are none.

    Parameters
    ----------
    source, target : binary streams
        Messages as `wire` writes them: in comes the content with ``name``, ``limits``, ``memory`` (bytes) and
        ``seconds`` (of processor time); out go any number of ``progress`` messages and one with the tables or
        the ``refusal``.
    """
    _load_readers()
    try:
        job, content = receive(source)
    except EOFError:  # the server ended without a file
        return
    _limit(job["memory"], job["seconds"])

    def hear(share: float, text: str) -> None:
        send(target, {"progress": share, "text": text})

    try:
        tables = read_tables(content, name=job["name"], limits=Limits(**job["limits"]), progress=hear)
        del content
        head, body = packed_tables(tables)
    except InputError as error:
        head, body = {"refusal": str(error)}, memoryview(b"")
    except MemoryError:  # also what Arrow raises
        head, body = {"refusal": say.too_much_memory(job["name"])}, memoryview(b"")
    send(target, head, body)


def _load_readers() -> None:
    """Import each format's reader before the memory is limited, and while nobody waits."""
    from evalcore.inputs.reading.formats import arrow, event_logs, json_documents, numpy_arrays, workbooks

    assert all((arrow, event_logs, json_documents, numpy_arrays, workbooks))


def _limit(memory: int, seconds: float) -> None:
    """Bound what this process may take from now on; where the system knows no bounds, it has none."""
    try:
        import resource
    except ImportError:  # Windows
        return
    taken = _address_space()
    most: Any = (taken + memory, resource.RLIM_INFINITY)
    resource.setrlimit(resource.RLIMIT_AS, (most[0], most[0]))
    spent = resource.getrusage(resource.RUSAGE_SELF)
    whole = int(spent.ru_utime + spent.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (whole, whole + 1))


def _address_space() -> int:
    """Bytes of addresses that this process has: mostly reserved by libraries, and not memory."""
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:  # no /proc: macOS, where the limit is not kept anyway
        return 16 << 30


if __name__ == "__main__":
    # What a library prints must not stand between the messages.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    serve_one(sys.stdin.buffer, answers)
    answers.flush()
    os._exit(0)  # Arrow may abort a process that ends by itself right after reading
