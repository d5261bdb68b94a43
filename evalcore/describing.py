"""What an evaluation is, in a form for people and in one for programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from evalcore.headline import (
    binary_figures,
    class_figures,
    count_figures,
    history_figures,
    label_figures,
    score_figures,
)
from evalcore.inputs.evaluation import BinaryPredictions, CountPredictions, Evaluation
from evalcore.inputs.task_types import ClassPredictions, LabelPredictions, ScorePredictions, TrainingHistory

__all__ = ["describe", "description_text"]

_TASKS = {
    "binary": "two classes", "multiclass": "several classes", "multilabel": "several labels", "counts": "counts of two classes",
    "history": "a training history", "scores": "scores without a truth",
}  # fmt: skip
_SHOWN = (
    ("roc_auc", "ROC AUC"), ("average_precision", "average precision"), ("brier_score", "Brier score"),
    ("log_loss", "log loss"), ("accuracy", "accuracy"), ("balanced_accuracy", "balanced accuracy"),
    ("matthews_corrcoef", "Matthews correlation"), ("precision", "precision"), ("recall", "recall"), ("f1", "F1"),
    ("f1_macro", "F1, macro"), ("flagged_share", "share flagged"), ("subset_accuracy", "subset accuracy"),
    ("hamming_loss", "Hamming loss"), ("roc_auc_macro", "ROC AUC, macro"),
)  # fmt: skip


def _models(predictions: Any) -> dict[str, Any]:
    if isinstance(predictions, BinaryPredictions):
        return binary_figures(predictions)
    if isinstance(predictions, CountPredictions):
        return count_figures(predictions)
    if isinstance(predictions, ClassPredictions):
        return class_figures(predictions)
    if isinstance(predictions, LabelPredictions):
        return label_figures(predictions)
    return score_figures(predictions) if isinstance(predictions, ScorePredictions) else {}


def describe(evaluation: Evaluation) -> dict[str, Any]:
    """Describe an evaluation in plain types, ready for JSON.

    Parameters
    ----------
    evaluation : Evaluation

    Returns
    -------
    dict
        `task`, `title`, `rows` (of the table), `roles`, `positive`, `decisions` (with reasons), `questions`, `warnings`,
        `omitted`, and `models` with the headline figures of each at its default threshold; a training history has
        `series` and `best` in place of `models`. Figures that are undefined are left out.

    Examples
    --------
    >>> import pandas as pd
    >>> from evalcore.inputs.opening import open_predictions
    >>> told = describe(open_predictions(pd.DataFrame({"label": [0, 1, 1], "prob": [0.2, 0.9, 0.4]})))
    >>> told["task"], told["roles"]["truth"], told["models"]["prob"]["roc_auc"]
    ('binary', 'label', 1.0)
    """
    predictions = evaluation.predictions
    told: dict[str, Any] = {
        "task": evaluation.task,
        "title": evaluation.title,
        "rows": len(evaluation.table),
        "roles": {key: value for key, value in asdict(evaluation.roles).items() if value},
        "positive": getattr(predictions, "positive", None),
        "decisions": [asdict(each) for each in evaluation.decisions],
        "questions": [asdict(each) for each in evaluation.questions],
        "warnings": list(evaluation.warnings),
        "omitted": [asdict(each) for each in getattr(predictions, "omitted", ())],
        "fingerprint": evaluation.fingerprint,
    }
    if isinstance(predictions, TrainingHistory):
        told["rows"] = predictions.rows
        told["series"], told["best"] = history_figures(predictions)
        return told
    told["models"] = _models(predictions)
    return told


def _number(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return str(value)
    return f"{value:,}" if isinstance(value, int) else f"{value:.6g}"


def _model_lines(name: str, figures: dict[str, Any]) -> list[str]:
    size = [f"{_number(figures['n'])} cases"] if "n" in figures else []
    if "positives" in figures:
        size.append(f"{_number(figures['positives'])} positive")
    lines = [f"  {name} ({figures['score_kind'].replace('_', ' ')}; {', '.join(size)})"]
    shown = [f"{label} {_number(figures[key])}" for key, label in _SHOWN if key in figures]
    at = f"at {_number(figures['threshold'])}: " if "threshold" in figures else ""
    if shown:
        lines.append(f"    {', '.join(shown[:4])}")
        lines.extend(
            f"    {at if start == 4 else ''}{', '.join(shown[start : start + 6])}"
            for start in range(4, len(shown), 6)
        )
    matrix = figures.get("confusion")
    if isinstance(matrix, list) and len(matrix) <= 12:
        lines.append(f"    confusion (rows actual, columns predicted): {matrix}")
    lines.extend(f"    {label}: ROC AUC {_number(each.get('roc_auc', '-'))}, F1 {_number(each.get('f1', '-'))}"
                 for label, each in figures.get("labels", {}).items())  # fmt: skip
    return lines


def description_text(told: dict[str, Any]) -> str:
    """Write a description as lines of plain text.

    Parameters
    ----------
    told : dict
        What `describe` returned.

    Returns
    -------
    str

    Examples
    --------
    >>> import pandas as pd
    >>> from evalcore.inputs.opening import open_predictions
    >>> told = describe(open_predictions(pd.DataFrame({"label": [0, 1, 1], "prob": [0.2, 0.9, 0.4]})))
    >>> print(description_text(told).splitlines()[0])
    Two classes, 3 rows
    """
    title = f"{told['title']}: " if told["title"] else ""
    kind = _TASKS[told["task"]]
    lines = [f"{title}{kind if title else kind.capitalize()}, {told['rows']:,} rows"]
    if told["positive"]:
        lines.append(f"Positive class: {told['positive']}")
    lines.append("Columns")
    for each in told["decisions"]:
        columns = ", ".join(each["columns"][:6]) + (" ..." if len(each["columns"]) > 6 else "")
        lines.append(f"  {each['role']}: {columns + ' - ' if columns else ''}{each['reason']}")
    for heading, key in (
        ("Left out", "omitted"),
        ("Please confirm", "questions"),
        ("Good to know", "warnings"),
    ):
        if told[key]:
            lines.append(heading)
        for each in told[key]:
            if key == "omitted":
                rows = ", ".join(str(row) for row in each["rows"])
                lines.append(
                    f"  {each['count']:,} rows: {each['reason']} (rows {rows}{' ...' if each['count'] > len(each['rows']) else ''})"
                )
            elif key == "questions":
                lines.append(f"  {each['text']} [{' | '.join(each['options'])}]")
            else:
                lines.append(f"  {each}")
    if "models" in told:
        lines.append("Models")
        for name, figures in told["models"].items():
            lines.extend(_model_lines(name, figures))
    for name, best in told.get("best", {}).items():
        lines.append(f"  {name}: best ({best['goal']}) {_number(best['value'])} at {_number(best['step'])}")
    return "\n".join(lines)
