"""What an evaluation is, in a form for people and in one for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from types import MappingProxyType
from typing import Any

from evalcore import numbers
from evalcore.describing.headline import (
    binary_figures,
    count_figures,
    history_figures,
    image_figures,
    label_figures,
    multiclass_figures,
    output_figures,
    score_figures,
)
from evalcore.inputs.groups.levels import find_levels
from evalcore.predictions.classes import ClassGroups, ClassPredictions
from evalcore.predictions.evaluation import Evaluation, UnmatchedRows
from evalcore.predictions.history import TrainingHistory
from evalcore.predictions.tasks import TASKS, Task

__all__ = ["DESCRIBERS", "describe", "description_text"]

_RANKING = {
    "roc_auc": "ROC AUC",
    "roc_auc_macro": "ROC AUC, macro",
    "average_precision": "average precision",
    "brier_score": "Brier score",
    "log_loss": "log loss",
    "mean_absolute_error": "mean absolute error",
    "root_mean_squared_error": "root mean squared error",
}
_DECIDED = {
    "accuracy": "accuracy",
    "balanced_accuracy": "balanced accuracy",
    "matthews_corrcoef": "Matthews correlation",
    "precision": "precision",
    "recall": "recall",
    "f1": "F1",
    "subset_accuracy": "subset accuracy",
    "joint_accuracy": "all outputs right",
    "mean_wrong_outputs": "wrong outputs a row",
    "hamming_loss": "Hamming loss",
    "flagged_share": "share called positive",
}
#: Shares are written as percent; all other figures as they are.
_SHARES = frozenset(
    {"accuracy", "balanced_accuracy", "precision", "recall", "f1", "subset_accuracy", "joint_accuracy"}
    | {"hamming_loss", "flagged_share"}
)
_MOST_CLASSES = 12
_FIRST_ROWS = 5


def _unmatched(lost: UnmatchedRows) -> dict[str, Any]:
    first = lost.rows.head(_FIRST_ROWS)
    return {
        "source": lost.source,
        "other": lost.other,
        "columns": list(lost.key),
        "count": lost.count,
        "reason": lost.reason,
        "rows": first.index.tolist(),
        "keys": first[list(lost.key)].to_numpy().tolist(),
    }


def describe(evaluation: Evaluation) -> dict[str, Any]:
    """Describe an evaluation in plain types, ready for JSON.

    Parameters
    ----------
    evaluation : Evaluation

    Returns
    -------
    dict
        `task`, `title`, `rows` (of the table), `roles`, `positive`, `decisions` (with reasons), `questions`,
        `warnings`, `omitted`, `unmatched` (rows of joined files that found no partner: how many, why, and the first
        of them with their keys), and `models` with the headline figures of each at its default threshold; a training
        history has `series` and `best` in place of `models`;
        `levels` are there where classes have groups. Figures that are undefined are left out.

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
        "positive": predictions.positive,
        "decisions": [asdict(each) for each in evaluation.decisions],
        "questions": [asdict(each) for each in evaluation.questions],
        "warnings": list(evaluation.warnings),
        "omitted": [asdict(each) for each in predictions.omitted],
        "unmatched": [_unmatched(each) for each in evaluation.unmatched],
        "fingerprint": evaluation.fingerprint,
    }
    return told | DESCRIBERS[evaluation.task](predictions)


def _by_group(predictions: ClassPredictions, level: ClassGroups) -> Iterator[tuple[str, list[str]]]:
    """The classes of each group."""
    for group in level.groups:
        yield group, [predictions.classes[place] for place in level.members(group)]


def _classes(predictions: ClassPredictions) -> dict[str, Any]:
    levels = [
        {"name": each.name, "groups": dict(_by_group(predictions, each))} for each in find_levels(predictions)
    ]
    return {**({"levels": levels} if levels else {}), **_of_models(multiclass_figures)(predictions)}


def _history(history: TrainingHistory) -> dict[str, Any]:
    series, best = history_figures(history)
    return {"rows": history.rows, "series": series, "best": best}


def _of_models(figures: Callable[[Any], dict[str, Any]]) -> Callable[[Any], dict[str, Any]]:
    return lambda predictions: {"models": figures(predictions)}


#: What is told of the predictions of each task, beside what is told of all.
DESCRIBERS: Mapping[Task, Callable[[Any], dict[str, Any]]] = MappingProxyType(
    {
        "binary": _of_models(binary_figures),
        "counts": _of_models(count_figures),
        "history": _history,
        "image_outputs": _of_models(image_figures),
        "multiclass": _classes,
        "multilabel": _of_models(label_figures),
        "multioutput": _of_models(output_figures),
        "scores": _of_models(score_figures),
    }
)


def _number(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return str(value)
    return f"{value:,}" if isinstance(value, int) else f"{value:.6g}"


def _listed(figures: dict[str, Any], names: dict[str, str]) -> str:
    return ", ".join(
        f"{label} {_figure(name, figures[name])}" for name, label in names.items() if name in figures
    )


def _figure(name: str, value: Any) -> str:
    known = isinstance(value, (int, float)) and not isinstance(value, bool)
    return numbers.share(value) if known and name in _SHARES else _number(value)


def _model_lines(name: str, figures: dict[str, Any]) -> list[str]:
    size = [f"{_number(figures['n'])} cases"]
    if "positives" in figures:
        size.append(f"{_number(figures['positives'])} positive")
    lines = [f"  {name} ({figures['score_kind'].replace('_', ' ')}; {', '.join(size)})"]
    if "undefined" in figures:
        lines.append(f"    no figures: {figures['undefined']}")
    ranking, decided = _listed(figures, _RANKING), _listed(figures, _DECIDED)
    if ranking:
        lines.append(f"    {ranking}")
    if decided:
        at = f"at {_number(figures['threshold'])}: " if "threshold" in figures else ""
        lines.append(f"    {at}{decided}")
    if "quantiles" in figures:
        spread = (f"{share}: {_number(value)}" for share, value in figures["quantiles"].items())
        lines.append(f"    quantiles of the scores: {', '.join(spread)}")
        shares = (f"{_number(at)}: {numbers.share(share)}" for at, share in figures["flagged_by_threshold"])
        lines.append(f"    share called positive by threshold: {', '.join(shares)}")
    matrix = figures.get("confusion")
    if isinstance(matrix, list) and len(matrix) <= _MOST_CLASSES:
        lines.append(f"    confusion (rows actual, columns predicted): {matrix}")
    for label, each in figures.get("labels", {}).items():
        said = each.get("undefined") or _listed(each, {"roc_auc": "ROC AUC", "f1": "F1"})
        lines.append(f"    {label}: {said}")
    for output, each in figures.get("outputs", {}).items():
        lines.append(f"    {output}: {_listed(each, {'accuracy': 'accuracy', 'f1': 'F1, macro'})}")
    return lines


def _decision_line(each: dict[str, Any]) -> str:
    columns = ", ".join(each["columns"][:6]) + (" ..." if len(each["columns"]) > 6 else "")
    return f"  {each['role']}: {columns + ' - ' if columns else ''}{each['reason']}"


def _omission_line(each: dict[str, Any]) -> str:
    rows = ", ".join(str(row) for row in each["rows"])
    more = " ..." if each["count"] > len(each["rows"]) else ""
    return f"  {each['count']:,} rows: {each['reason']} (rows {rows}{more})"


def _unmatched_line(each: dict[str, Any]) -> str:
    shown = [
        f"row {row:,}" + (f": {' / '.join(map(str, key))}" if None not in key else "")
        for row, key in zip(each["rows"], each["keys"], strict=True)
    ]
    more = "; ..." if each["count"] > len(shown) else ""
    rows = "row" if each["count"] == 1 else "rows"
    return f"  {each['count']:,} {rows} of {each['source']}: {each['reason']} ({'; '.join(shown)}{more})"


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
    traits = TASKS[told["task"]]
    lines = [f"{told['title']}: {traits.words}" if told["title"] else traits.words.capitalize()]
    lines[0] += f", {told['rows']:,} rows"
    if told["positive"] and traits.judged:
        lines.append(f"Positive class: {told['positive']}")
    parts = {
        "Columns": [_decision_line(each) for each in told["decisions"]],
        "Left out": [_omission_line(each) for each in told["omitted"]],
        "Without a partner": [_unmatched_line(each) for each in told["unmatched"]],
        "Please confirm": [f"  {each['text']} [{' | '.join(each['options'])}]" for each in told["questions"]],
        "Good to know": [f"  {text}" for text in told["warnings"]],
        "Models": [
            line for name, each in told.get("models", {}).items() for line in _model_lines(name, each)
        ],
        "Best values": [
            f"  {name}: {each['goal']} {_number(each['value'])} at {_number(each['step'])}"
            for name, each in told.get("best", {}).items()
        ],
    }
    for heading, content in parts.items():
        if content:
            lines += [heading, *content]
    return "\n".join(lines)
