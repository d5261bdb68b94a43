"""The command line: the same core without a browser.

python -m evalcore describe FILE [FILE ...] [--json] [--truth COL] [--score COL ...] [--positive LABEL] ...
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence

from evalcore.errors import InputError
from evalcore.predictions.tasks import TASKS

__all__ = ["main"]

EVALUATED, REFUSED = 0, 2
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
        epilog="Exit status: 0 where the files can be evaluated; 2, with one sentence on standard error, where "
        "they cannot. Scores without a truth are described too (their distribution, and the share flagged by "
        "threshold), but no figure can be told: that is 2 as well.",
    )
    describe.add_argument("files", nargs="+", metavar="FILE")
    describe.add_argument("--json", action="store_true", help="print JSON")
    describe.add_argument(
        "--truth", action="append", metavar="COL", help="the truth; again for each label or class"
    )
    describe.add_argument(
        "--score", action="append", metavar="COL", help="a score; COL=CLASS, -COL, COL:KIND say more"
    )
    describe.add_argument("--group", action="append", metavar="COL", help="a column to slice the rows by")
    for name, (meaning, text) in _SINGLE.items():
        describe.add_argument(f"--{name.replace('_', '-')}", metavar=meaning, help=text)
    return parser


def _describe(arguments: argparse.Namespace) -> int:
    from evalcore.describing.description import describe, description_text
    from evalcore.inputs.opening import open_predictions
    from evalcore.inputs.plan import messages

    roles = {name: getattr(arguments, name) for name in ("truth", "score", "group", *_SINGLE)}
    evaluation = open_predictions(
        *arguments.files, **{key: value for key, value in roles.items() if value is not None}
    )
    told = describe(evaluation)
    print(json.dumps(told, ensure_ascii=False, allow_nan=False) if arguments.json else description_text(told))
    if not evaluation.traits.judged:
        print(messages.SCORES_ONLY, file=sys.stderr)
        return REFUSED
    return EVALUATED


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    arguments : sequence of str, optional
        Those of the process by default.

    Returns
    -------
    int
        0 where the files can be evaluated; 2, with one sentence on standard error, where they cannot. Scores
        without a truth are described, and are 2: nothing can be evaluated before the truth is there.
    """
    parsed = _parser().parse_args(arguments)
    try:
        return _describe(parsed)
    except InputError as error:
        print(error, file=sys.stderr)
        return REFUSED


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    sys.stderr.flush()
    # Arrow's threads may still be starting when Python ends, and then abort the process (pyarrow 26, on a busy
    # machine): what was told and its exit status are all that matters.
    os._exit(status)
