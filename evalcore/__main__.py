"""The command line: the same core without a browser.

python -m evalcore describe FILE [FILE ...] [--json] [--goal GOAL ...] [--truth COL] [--score COL ...] ...
python -m evalcore check FILE [FILE ...] --require GOAL [--require GOAL ...] [--policy JSON] [--baseline OLD] ...
python -m evalcore report FILE [FILE ...] -o report.html [--goal GOAL] [--prevalence SHARE] [--words TEXT] ...
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evalcore.errors import InputError, unforeseen
from evalcore.predictions.tasks import TASKS

if TYPE_CHECKING:
    from evalcore.describing.goals import GoalAnswer
    from evalcore.predictions.evaluation import Evaluation
    from evalcore.sharing.report.live import Asked

__all__ = ["main"]

EVALUATED, FAILED, REFUSED = 0, 1, 2
_SINGLE = {
    "positive": ("LABEL", "the positive class"),
    "predicted_label": ("COL", "the column of predicted classes"),
    "weight": ("COL", "the column that weighs the rows; '' for none"),
    "fold": ("COL", "the fold; COL=VALUE keeps one of them"),
    "split": ("COL", "train, validation or test; COL=VALUE keeps one of them"),
    "epoch": ("COL", "the epoch or snapshot; COL=VALUE keeps one of them"),
    "model": ("COL", "which model made the row"),
    "id": ("COL", "what names the row"),
    "image": ("COL", "images, or names of image files"),
    "task": ("TASK", f"{', '.join(list(TASKS)[:-1])} or {list(TASKS)[-1]}"),
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m evalcore", description="Operating Point without a browser."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    describe = commands.add_parser(
        "describe",
        help="say what files are, which column is what and why, and the headline figures",
        epilog="Exit status: 0 where the files can be evaluated; 1 where a goal has no threshold; 2, with one "
        "sentence on standard error, where they cannot be evaluated. Scores without a truth are described too "
        "(their distribution, and the share flagged by threshold), but no figure can be told: that is 2 as well.",
    )
    describe.add_argument(
        "--goal",
        action="append",
        metavar="GOAL",
        help='find a threshold, such as "max precision where recall >= 0.9"; it is printed, or why there is none',
    )
    _add_files(describe)
    check = commands.add_parser(
        "check",
        help="hold every model to requirements: a gate for a build",
        epilog="Exit status: 0 where every requirement is met; 1 where one fails; 2 where one cannot be judged, or, "
        "with one sentence on standard error, where the files cannot be evaluated.",
    )
    check.add_argument(
        "--require",
        action="append",
        default=[],
        metavar="REQUIREMENT",
        help='what some threshold must keep, such as "recall >= 0.9 at precision >= 0.7", or an area, such as '
        '"auc >= 0.95 with 95 %% confidence"; again for each',
    )
    check.add_argument(
        "--policy",
        metavar="FILE",
        help="a decision as JSON: its threshold is the one that must keep the requirements, and its goal",
    )
    check.add_argument("--baseline", metavar="FILE", help="older predictions, for --no-worse")
    check.add_argument(
        "--no-worse",
        action="append",
        default=[],
        metavar="FIGURE:MARGIN",
        help="how much worse than the baseline a figure may be, such as auc:0.01; again for each",
    )
    check.add_argument(
        "--within", action="append", default=[], metavar="COL", help="hold every slice of this column too"
    )
    check.add_argument("--junit", metavar="FILE", help="write JUnit's XML as well")
    _add_files(check)
    report = commands.add_parser("report", help="write a live report: one HTML file that opens offline")
    report.add_argument("-o", "--output", metavar="FILE", required=True, help="where to write it")
    report.add_argument("--threshold", type=float, metavar="NUMBER", help="of the first model")
    report.add_argument("--goal", default="", metavar="GOAL", help="what the threshold is to reach")
    report.add_argument("--prevalence", metavar="SHARE", help='where it is used, such as 2 %% or "1 in 200"')
    report.add_argument("--words", metavar="TEXT", help='such as "patients|has the disease|gets a biopsy"')
    report.add_argument(
        "--decisions", metavar="FILE", help="write each row with its score and decision too, as CSV"
    )
    report.add_argument("--who", default="", metavar="NAME", help="who answers for it")
    _add_files(report)
    return parser


def _add_files(command: argparse.ArgumentParser) -> None:
    command.add_argument("files", nargs="+", metavar="FILE")
    command.add_argument("--json", action="store_true", help="print JSON")
    command.add_argument(
        "--truth", action="append", metavar="COL", help="the truth; again for each label or class"
    )
    command.add_argument(
        "--score", action="append", metavar="COL", help="a score; COL=CLASS, -COL, COL:KIND say more"
    )
    command.add_argument("--group", action="append", metavar="COL", help="a column to slice the rows by")
    for name, (meaning, text) in _SINGLE.items():
        command.add_argument(f"--{name.replace('_', '-')}", metavar=meaning, help=text)


def _opened(arguments: argparse.Namespace, *files: str) -> Evaluation:
    from evalcore.inputs.opening import open_predictions

    roles = {name: getattr(arguments, name) for name in ("truth", "score", "group", *_SINGLE)}
    return open_predictions(
        *(files or arguments.files), **{key: value for key, value in roles.items() if value is not None}
    )


def _print(told: dict[str, Any], text: str, *, as_json: bool) -> None:
    print(json.dumps(told, ensure_ascii=False, allow_nan=False) if as_json else text)


def _describe(arguments: argparse.Namespace) -> int:
    from evalcore.describing.description import describe, description_text
    from evalcore.inputs.plan import messages

    evaluation = _opened(arguments)
    told = describe(evaluation)
    text = description_text(told)
    met = True
    if arguments.goal and evaluation.traits.judged:
        answers = _answers(evaluation, arguments.goal)
        met = all(each.met for each in answers)
        told["goals"] = _by_model(answers)
        text = "\n".join([text, "Goals", *(f"  {each.text}" for each in answers)])
    _print(told, text, as_json=arguments.json)
    if not evaluation.traits.judged:
        print(messages.SCORES_ONLY, file=sys.stderr)
        return REFUSED
    return EVALUATED if met else FAILED


def _check(arguments: argparse.Namespace) -> int:
    from evalcore.sharing.decisions.decision import Decision
    from evalcore.sharing.gate import answered, judging, requirement

    # What is asked is read first: a slip is told before a large file is read.
    wanted = [requirement.read_requirement(each) for each in arguments.require]
    no_worse = [requirement.read_no_worse(each) for each in arguments.no_worse]
    decision = Decision.read(_text(arguments.policy)) if arguments.policy else None
    gate = judging.hold(
        _opened(arguments),
        wanted,
        decision=decision,
        baseline=_opened(arguments, arguments.baseline) if arguments.baseline else None,
        no_worse=no_worse,
        within=arguments.within,
    )
    if arguments.junit:
        Path(arguments.junit).write_text(answered.gate_xml(gate), encoding="utf-8")
    _print(answered.gate_told(gate), answered.gated_table(gate), as_json=arguments.json)
    return {"met": EVALUATED, "failed": FAILED, "unknown": REFUSED}[gate.status]


def _report(arguments: argparse.Namespace) -> int:
    from evalcore.describing.plain_words import PlainWords
    from evalcore.metrics.goals.prevalence import parse_prevalence
    from evalcore.sharing.report.live import Asked
    from evalcore.sharing.report.page import report_html

    words = PlainWords.read(arguments.words) if arguments.words else None
    if arguments.words and words is None:
        raise InputError(
            '--words must be three texts with "|" between: cases, what a positive is, what a flag does'
        )
    asked = Asked(
        arguments.threshold,
        arguments.goal,
        prevalence=parse_prevalence(arguments.prevalence) if arguments.prevalence else None,
        words=words,
        who=arguments.who,
    )
    evaluation = _opened(arguments)
    if arguments.decisions:
        _write_decisions(evaluation, asked, arguments.decisions)
    text = report_html(evaluation, asked).encode("utf-8")
    Path(arguments.output).write_bytes(text)
    told = {"file": arguments.output, "bytes": len(text)}
    _print(told, f"{arguments.output}: {len(text) / 1000:,.0f} KB", as_json=arguments.json)
    return EVALUATED


def _write_decisions(evaluation: Evaluation, asked: Asked, path: str) -> None:
    from evalcore.predictions.binary import BinaryPredictions
    from evalcore.sharing.csv_text import as_csv
    from evalcore.sharing.decisions.decided_rows import decided_rows
    from evalcore.sharing.report.live import stated_threshold

    found = evaluation.predictions
    if not isinstance(found, BinaryPredictions):
        raise InputError("--decisions needs two classes, row by row")
    model = found.models[0].name
    rows = decided_rows(found, model, stated_threshold(found, asked))
    Path(path).write_bytes(as_csv(rows, index=False))


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} could not be read: {error}") from None


def _answers(evaluation: Evaluation, goals: Sequence[str]) -> tuple[GoalAnswer, ...]:
    from evalcore.describing.goals import answer_goals

    return answer_goals(evaluation, goals)


def _by_model(answers: Sequence[GoalAnswer]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for each in answers:
        found.setdefault(each.model, []).append(each.figures)
    return found


_COMMANDS = {"describe": _describe, "check": _check, "report": _report}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    arguments : sequence of str, optional
        Those of the process by default.

    Returns
    -------
    int
        0 where the files can be evaluated; 1 where a goal or a requirement has no threshold; 2, with one sentence
        on standard error, where they cannot. Scores without a truth are described, and are 2: nothing can be
        evaluated before the truth is there.
    """
    parsed = _parser().parse_args(arguments)
    try:
        return _COMMANDS[parsed.command](parsed)
    except Exception as error:  # whoever runs this in a build reads a sentence, not a stack
        print(error if isinstance(error, InputError) else unforeseen(error), file=sys.stderr)
        return REFUSED


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    sys.stderr.flush()
    # Arrow's threads may still be starting when Python ends, and then abort the process (pyarrow 26, on a busy
    # machine): what was told and its exit status are all that matters.
    os._exit(status)
