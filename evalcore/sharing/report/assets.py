"""The explorer's own modules, joined into one script, its style and its markup: what the dashboard shows too."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

__all__ = ["explorer_markup", "explorer_script", "explorer_style"]

_HERE = Path(__file__).parent
#: Where the dashboard has it: there is one explorer, and no second implementation.
_EXPLORER = Path(__file__).parents[3] / "pages" / "ui" / "live" / "explorer"
_IMPORT = re.compile(r"^import .*? from \"(?P<path>\.{1,2}/[\w/.]+)\";\n", re.MULTILINE | re.DOTALL)
#: Comments on lines of their own: whoever reads the file does so on screen.
_COMMENT = re.compile(r"^[ \t]*(?:/\*(?:(?!\*/).)*\*/|//[^\n]*)[ \t]*\n", re.MULTILINE | re.DOTALL)
_EXPORT = re.compile(r"^export ", re.MULTILINE)


@cache
def explorer_script() -> str:
    """Return the explorer and the report's own few lines as one script, every module after those it imports.

    Examples
    --------
    >>> "createExplorer" in explorer_script(), "import " in explorer_script()[:40]
    (True, False)
    """
    done: dict[Path, str] = {}

    def take(path: Path) -> None:
        if path in done:
            return
        text = path.read_text(encoding="utf-8")
        for found in _IMPORT.finditer(text):
            take((path.parent / found["path"]).resolve())
        done[path] = _EXPORT.sub("", _IMPORT.sub("", text))

    take((_EXPLORER / "explorer.js").resolve())
    script = "\n".join([*done.values(), (_HERE / "alive.js").read_text(encoding="utf-8")])
    return f'"use strict";\n(() => {{\n{_COMMENT.sub("", script)}\n}})();\n'


@cache
def explorer_style() -> str:
    """Return the explorer's style and the report's."""
    files = (_EXPLORER / "explorer.css", _EXPLORER / "decide" / "decide.css", _HERE / "report.css")
    return _COMMENT.sub("", "\n".join(path.read_text(encoding="utf-8") for path in files))


@cache
def explorer_markup() -> str:
    """Return the element that the explorer draws into."""
    return (_EXPLORER / "explorer.html").read_text(encoding="utf-8")
