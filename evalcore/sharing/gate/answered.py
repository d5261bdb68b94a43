"""The answers of a gate, written: a table for people, JSON for programs, JUnit's XML for build servers."""

from __future__ import annotations

import math
import re
from dataclasses import asdict
from typing import Any
from xml.etree import ElementTree

from evalcore.numbers import count
from evalcore.sharing.gate.judging import Answer, Gate

__all__ = ["gate_told", "gate_xml", "gated_table"]

_RESULT = {"met": "ok", "failed": "FAILED", "unknown": "NOT JUDGED"}
#: What XML 1.0 has no way to write.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ENDS = {
    "met": "All requirements are met.",
    "failed": "Not every requirement is met.",
    "unknown": "Not every requirement could be judged.",
}


def gated_table(gate: Gate) -> str:
    """Write a line for each answer, in columns, and what all come to.

    Examples
    --------
    >>> from evalcore.sharing.gate.judging import Answer
    >>> print(gated_table(Gate((Answer("auc >= 0.9", "prob", "all cases", 4, "failed", "AUC is 0.750"),))))
    result  requirement  model  rows           found
    FAILED  auc >= 0.9   prob   all cases (4)  AUC is 0.750
    Not every requirement is met.
    """
    rows = [("result", "requirement", "model", "rows", "found")]
    rows += [
        (_RESULT[each.status], each.requirement, _plain(each.model), _plain(_rows(each)), _plain(each.reason))
        for each in gate.answers
    ]
    wide = [max(len(row[place]) for row in rows) for place in range(4)]
    lines = [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row[:4], wide, strict=True)), row[4]]).rstrip()
        for row in rows
    ]
    return "\n".join([*lines, _ENDS[gate.status]])


def gate_told(gate: Gate) -> dict[str, Any]:
    """Return the answers in plain types, ready for JSON; what is not defined is null."""
    return {
        "met": gate.status == "met",
        "status": gate.status,
        "answers": [
            {
                **asdict(each),
                "threshold": _number(each.threshold),
                "figures": [
                    {key: value if key == "name" else _number(value) for key, value in asdict(one).items()}
                    for one in each.figures
                ],
            }
            for each in gate.answers
        ],
    }


def gate_xml(gate: Gate) -> str:
    """Write the answers as JUnit's XML: a test case each, those that failed or could not be judged with the reason.

    Examples
    --------
    >>> from evalcore.sharing.gate.judging import Answer
    >>> text = gate_xml(Gate((Answer("auc >= 0.9", "<b>", "all cases", 4, "failed", "AUC is 0.750"),)))
    >>> 'failures="1"' in text, "&lt;b&gt;" in text
    (True, True)
    """
    counted = {
        "tests": str(len(gate.answers)),
        "failures": str(sum(each.status == "failed" for each in gate.answers)),
        "errors": str(sum(each.status == "unknown" for each in gate.answers)),
    }
    suites = ElementTree.Element("testsuites", counted)
    suite = ElementTree.SubElement(suites, "testsuite", {"name": "evalcore check", **counted})
    for each in gate.answers:
        case = ElementTree.SubElement(
            suite,
            "testcase",
            {"classname": _xml(f"{each.model}, {each.rows}"), "name": _xml(each.requirement), "time": "0"},
        )
        if each.status == "met":
            ElementTree.SubElement(case, "system-out").text = _xml(each.reason)
        else:
            kind = "failure" if each.status == "failed" else "error"
            ElementTree.SubElement(case, kind, {"message": _xml(each.reason)}).text = _xml(each.reason)
    ElementTree.indent(suites)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(suites, encoding="unicode")}\n'


def _rows(each: Answer) -> str:
    return f"{each.rows} ({count(each.cases)})"


def _plain(text: str) -> str:
    """On one line, whatever a file calls its models and groups."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def _xml(text: str) -> str:
    return _UNWRITABLE.sub("�", text)


def _number(value: float) -> float | str | None:
    if math.isnan(value):
        return None
    return value if math.isfinite(value) else str(value)
