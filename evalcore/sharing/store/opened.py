"""What was found out when a file was first opened, kept beside the saved evaluation.

Opened again from its settled roles, an evaluation would say "stated by you" for every role and
ask nothing any more: the reasons, questions and warnings of the first time are kept instead.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import Any

import pandas as pd

from evalcore.predictions.evaluation import Evaluation, Question, RoleDecision, Roles, UnmatchedRows

__all__ = ["FirstFindings", "findings_from_json", "findings_of", "findings_to_json", "revise_findings"]

_PLURALS = {"score": "scores", "group": "groups"}


@dataclass(frozen=True)
class FirstFindings:
    """The part of an `Evaluation` that its table and settled roles alone do not tell."""

    decisions: tuple[RoleDecision, ...] = ()
    questions: tuple[Question, ...] = ()
    warnings: tuple[str, ...] = ()
    unmatched: tuple[UnmatchedRows, ...] = ()

    def applied_to(self, evaluation: Evaluation) -> Evaluation:
        """Return the evaluation with these findings in place of its own."""
        return replace(
            evaluation,
            decisions=self.decisions,
            questions=self.questions,
            warnings=self.warnings,
            unmatched=self.unmatched,
        )


def findings_of(evaluation: Evaluation) -> FirstFindings:
    """Return the findings of an evaluation."""
    return FirstFindings(
        evaluation.decisions, evaluation.questions, evaluation.warnings, evaluation.unmatched
    )


def findings_to_json(findings: FirstFindings) -> str:
    """Write findings as JSON in ASCII.

    Examples
    --------
    >>> findings = FirstFindings(warnings=("2 rows have no truth",))
    >>> findings_from_json(findings_to_json(findings)) == findings
    True
    """
    told = asdict(replace(findings, unmatched=()))
    told["unmatched"] = [_unmatched_to_json(each) for each in findings.unmatched]
    return json.dumps(told)


def findings_from_json(text: str) -> FirstFindings:
    """Read findings."""
    found = json.loads(text)
    return FirstFindings(
        decisions=tuple(RoleDecision(**_with_tuples(each)) for each in found["decisions"]),
        questions=tuple(Question(**_with_tuples(each)) for each in found["questions"]),
        warnings=tuple(found["warnings"]),
        # What was saved before these rows were kept has none.
        unmatched=tuple(_unmatched_from_json(each) for each in found.get("unmatched", ())),
    )


def revise_findings(
    earlier: FirstFindings, before: Evaluation, after: Evaluation, *, answered: str | None = None
) -> FirstFindings:
    """Return the findings after a person has put roles right.

    Parameters
    ----------
    earlier : FirstFindings
        Those that are saved.
    before, after : Evaluation
        The table, opened with the earlier and with the new roles.
    answered : str, optional
        The role whose question was answered, also by what had been taken.

    Returns
    -------
    FirstFindings
        What the new roles give, and of the earlier ones: the reasons of the roles that are as they
        were, the questions that they leave open, and the warnings and lost rows that came from reading
        the files.
    """

    def is_same(role: str) -> bool:
        return bool(_value(before.roles, role) == _value(after.roles, role))

    reasons = {(each.role, each.columns): each for each in earlier.decisions if is_same(each.role)}
    read = tuple(text for text in earlier.warnings if text not in before.warnings)
    asked = tuple(each for each in earlier.questions if is_same(each.role) and each.role != answered)
    return FirstFindings(
        decisions=tuple(reasons.get((each.role, each.columns), each) for each in after.decisions),
        questions=asked
        + tuple(each for each in after.questions if each not in asked and each.role != answered),
        warnings=read + tuple(text for text in after.warnings if text not in read),
        unmatched=earlier.unmatched,
    )


def _value(roles: Roles, role: str) -> Any:
    name = role.replace(" ", "_")
    return getattr(roles, _PLURALS.get(name, name), None)


def _with_tuples(values: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}


def _unmatched_to_json(lost: UnmatchedRows) -> dict[str, Any]:
    rows = lost.rows
    return {
        "source": lost.source,
        "other": lost.other,
        "key": lost.key,
        "reason": lost.reason,
        "count": lost.count,
        "columns": rows.columns.tolist(),
        "numbers": rows.index.tolist(),
        "cells": [rows.iloc[:, place].tolist() for place in range(rows.shape[1])],
    }


def _unmatched_from_json(told: dict[str, Any]) -> UnmatchedRows:
    numbers = pd.Index(told["numbers"], dtype="int64", name="row")
    rows = pd.DataFrame(dict(enumerate(told["cells"])), index=numbers, dtype=object)
    rows.columns = pd.Index(told["columns"])
    return UnmatchedRows(
        told["source"], told["other"], tuple(told["key"]), told["reason"], told["count"], rows
    )
