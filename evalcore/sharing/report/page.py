"""The report's HTML: what is decided in words, the explorer alive, the models, and where the figures are from."""

from __future__ import annotations

import base64
import hashlib
import json
import math
import platform
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from importlib.metadata import version
from typing import Any

from evalcore import numbers
from evalcore.describing.description import describe
from evalcore.describing.plain_words import PlainWords
from evalcore.predictions.binary import BinaryPredictions
from evalcore.predictions.counts import CountPredictions
from evalcore.predictions.evaluation import Evaluation
from evalcore.sharing.report.assets import explorer_markup, explorer_script, explorer_style
from evalcore.sharing.report.live import Asked, LiveModel, live_models

__all__ = ["report_html"]

_RATES = (
    ("recall", "Recall"),
    ("precision", "Precision"),
    ("false_positive_rate", "False positive rate"),
    ("accuracy", "Accuracy"),
)
_VERSIONS = ("numpy", "pandas", "scikit-learn")


def report_html(evaluation: Evaluation, asked: Asked | None = None) -> str:
    """Write a report as one HTML file that opens offline and asks nothing of any network.

    Parameters
    ----------
    evaluation : Evaluation
        Of two classes the explorer is alive in it; of other tasks it has the tables.
    asked : Asked, optional

    Returns
    -------
    str

    Raises
    ------
    InputError
        Where the goal is not understood.

    Examples
    --------
    >>> import evalcore as ec
    >>> import pandas as pd
    >>> opened = ec.open_predictions(pd.DataFrame({"label": [0, 0, 1, 1], "prob": [0.1, 0.4, 0.35, 0.8]}))
    >>> text = report_html(opened)
    >>> text.startswith("<!doctype html>"), "Of 1,000 cases like these" in text
    (True, True)
    """
    wanted = asked or Asked()
    predictions, told = evaluation.predictions, describe(evaluation)
    parts = []
    script = ""
    if isinstance(predictions, BinaryPredictions | CountPredictions):
        live = live_models(predictions, wanted)
        parts += [_front(evaluation, predictions, live[0], wanted), _explorer(live), _models(live)]
        script = explorer_script()
    else:
        parts += [_head(evaluation), _figures(told)]
    parts.append(_provenance(evaluation, told, wanted))
    return _document(evaluation.title or "Report", parts, script)


def _document(title: str, parts: Sequence[str], script: str) -> str:
    allowed = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; script-src 'sha256-{allowed}'; style-src 'unsafe-inline'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)} – Operating Point</title>",
            f"<style>{explorer_style()}</style></head><body><main>",
            *parts,
            "</main>",
            f"<script>{script}</script>" if script else "",
            "</body></html>",
            "",
        ]
    )


def _json(value: Any) -> str:
    """JSON that no text in it can end: what opens markup is spelt by its code."""
    text = json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _head(evaluation: Evaluation) -> str:
    within = f" Within {evaluation.within}." if evaluation.within else ""
    return (
        f"<h1>{escape(evaluation.title or 'Report')}</h1>"
        f'<p class="quiet">{escape(evaluation.predictions.subject)}.{escape(within)}</p>'
    )


def _front(
    evaluation: Evaluation, predictions: BinaryPredictions | CountPredictions, live: LiveModel, asked: Asked
) -> str:
    point = live.sweep.at(live.threshold)
    said = asked.words or PlainWords(
        positive=_short(f"is “{predictions.positive}”"), flagged=_short(f"is called “{predictions.positive}”")
    )
    thousand = said.in_a_thousand(point)
    share = float(point.prevalence)
    lazy = predictions.negative if share < 0.5 else predictions.positive
    rates = []
    for name, label in _RATES:
        interval = live.sweep.interval(point, name)
        found = numbers.share_within(float(point.value(name)), float(interval.low), float(interval.high))
        rates.append((label, found))
    told = live.data["told"]["goal"]
    goal = f"<p>The goal is <strong>{escape(told['text'])}</strong>.</p>" if told["text"] else ""
    if told["state"] in ("infeasible", "wrong"):
        goal += f"<p>It is not met: {escape(told['message'])}.</p>"
    there = "" if asked.prevalence is None else " (as often positive as in these data)"
    return "".join(
        [
            _head(evaluation),
            f'<p class="lead">The model {escape(live.name)} scores every case. From a score of '
            f"<strong>{numbers.score(live.threshold)}</strong> on, a case is called "
            f"<strong>{escape(predictions.positive)}</strong>. "
            f"Of 1,000 {escape(said.cases)} like these{there}:</p><ul>",
            *(f"<li>{escape(thousand[cell])}</li>" for cell in ("tp", "fp", "fn", "tn")),
            "</ul>",
            f"<p>That is right for {numbers.share(float(point.accuracy))} of them; whoever always says "
            f"“{escape(lazy)}” is right for {numbers.share(max(share, 1 - share))}.</p>",
            goal,
            _table(("At this threshold", "with 95 % interval"), rates),
        ]
    )


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:58]}…”"


def _explorer(live: Sequence[LiveModel]) -> str:
    options = "".join(f"<option>{escape(each.name)}</option>" for each in live)
    choice = (
        f'<p class="choose"><label for="op-model">Model</label><select id="op-model">{options}</select></p>'
        if len(live) > 1
        else ""
    )
    return (
        '<h2>Move the threshold</h2><p class="quiet">Everything here is alive: drag the line or a point on a curve. '
        "Nothing is sent anywhere.</p>"
        f"{choice}{explorer_markup()}"
        f'<script type="application/json" id="op-data">{_json([each.data for each in live])}</script>'
    )


def _models(live: Sequence[LiveModel]) -> str:
    rows = []
    for each in live:
        point = each.sweep.at(each.threshold)
        area = numbers.coefficient(each.auc.auc)
        if not math.isnan(each.auc.low):
            area += f" ({numbers.coefficient(each.auc.low)} to {numbers.coefficient(each.auc.high)})"
        rows.append(
            (
                each.name,
                numbers.score(each.threshold),
                area,
                numbers.coefficient(each.sweep.average_precision),
                *(numbers.share(float(point.value(name))) for name, _ in _RATES),
                *(numbers.count(float(getattr(point, cell))) for cell in ("tp", "fp", "fn", "tn")),
            )
        )
    heads = (
        "Model",
        "Threshold",
        "AUC (95 % interval)",
        "Average precision",
        *(label for _, label in _RATES),
    )
    return "<h2>Models</h2>" + _table(
        (*heads, "Caught", "False alarms", "Missed", "Left alone"), rows, "figures"
    )


def _figures(told: Mapping[str, Any]) -> str:
    parts = []
    for name, figures in told.get("models", {}).items():
        plain = [
            (key.replace("_", " "), f"{value:.6g}" if isinstance(value, float) else str(value))
            for key, value in figures.items()
            if isinstance(value, (int, float, str)) and not isinstance(value, bool)
        ]
        parts.append(f"<h2>{escape(name)}</h2>{_table(('Figure', 'Value'), plain)}")
        matrix, classes = figures.get("confusion"), figures.get("classes")
        if isinstance(matrix, list) and isinstance(classes, list):
            rows = [(actual, *map(str, row)) for actual, row in zip(classes, matrix, strict=True)]
            parts.append(f"<h3>Rows actual, columns called</h3>{_table(('', *classes), rows, 'figures')}")
    for name, series in told.get("best", {}).items():
        parts.append(f"<p>{escape(str(name))}: {escape(str(series))}</p>")
    return "".join(parts)


def _provenance(evaluation: Evaluation, told: Mapping[str, Any], asked: Asked) -> str:
    when = asked.when or datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    rows = [
        ("Fingerprint of the data and roles", evaluation.fingerprint),
        ("Rows of the table", f"{told['rows']:,}"),
        ("Cases that are counted", numbers.count(float(evaluation.predictions.cases))),
        *(("Left out", f"{each['count']:,}: {each['reason']}") for each in told["omitted"]),
        *(
            ("Without a partner", f"{each['count']:,} of {each['source']}: {each['reason']}")
            for each in told["unmatched"]
        ),
        *(
            (
                each["role"].capitalize(),
                ": ".join(filter(None, (_some(each["columns"]), each["reason"]))),
            )
            for each in told["decisions"]
        ),
    ]
    if isinstance(evaluation.predictions, BinaryPredictions | CountPredictions):
        where = "as in the data" if asked.prevalence is None else numbers.share(asked.prevalence)
        rows += [
            ("Rule", "a case is called positive when its score is at least the threshold"),
            ("Goal", asked.goal or "none stated"),
            ("Prevalence where it is used", where),
        ]
    if asked.costs is not None:
        costs = asked.costs
        rows.append(
            (
                "Costs",
                f"false alarm {costs.fp:g}, miss {costs.fn:g}, catch {costs.tp:g}, left alone {costs.tn:g}",
            )
        )
    versions = ", ".join(f"{name} {version(name)}" for name in _VERSIONS)
    rows += [("Made", when), ("By", asked.who)] if asked.who else [("Made", when)]
    rows.append(("With", f"Operating Point, Python {platform.python_version()}, {versions}"))
    notes = "".join(f"<li>{escape(each)}</li>" for each in told["warnings"])
    return f"<h2>Where these figures are from</h2>{_table(('What', 'Said'), rows)}" + (
        f"<h2>Good to know</h2><ul>{notes}</ul>" if notes else ""
    )


def _some(columns: Sequence[str]) -> str:
    more = f" and {len(columns) - 6:,} more" if len(columns) > 6 else ""
    return ", ".join(columns[:6]) + more


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], kind: str = "") -> str:
    head = "".join(f'<th scope="col">{escape(str(each))}</th>' for each in heads)
    body = "".join(f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in row)}</tr>" for row in rows)
    inside = f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
    return f'<div class="wide" tabindex="0"><table class="{kind}">{inside}</table></div>'
