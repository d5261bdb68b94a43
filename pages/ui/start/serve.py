"""Start the dashboard's server, and make ready what its first visitor needs while it waits for one.

::

    python -m pages.ui.start.serve [options of `streamlit run`] [-- FILE]

The same as `streamlit run app.py`, only sooner: the imports, the evaluation that a first visit shows and its
explorer's numbers are there when somebody comes. Whoever comes before waits for what is in the making, or makes
the rest: values are found under the same keys of `compute`, and each is computed once.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

APP = Path(__file__).parents[3] / "app.py"
_EVERY = 0.02  # seconds between two looks whether the server runs


def main(arguments: Sequence[str]) -> None:
    """Run the server until it is stopped."""
    from streamlit.web.cli import main as streamlit

    threading.Thread(target=_warm_once_served, name="warming", daemon=True).start()
    streamlit(["run", str(APP), *arguments], prog_name="streamlit")


def _warm_once_served() -> None:
    """Wait for the server, which a browser needs before all else, then make ready."""
    from streamlit.runtime import Runtime, exists
    from streamlit.runtime.runtime import RuntimeState

    while not exists() or Runtime.instance().state is RuntimeState.INITIAL:
        time.sleep(_EVERY)
    warm()


def warm() -> None:
    """Import all that pages need, and compute what a first visit shows.

    Says nothing of what goes wrong: the visit meets the same and says it in its own words.
    """
    from evalcore.errors import InputError
    from pages import ui
    from pages.ui import compute, current
    from pages.ui.compute.kept import before_anyone_asks

    with suppress(InputError), before_anyone_asks():
        opened = compute.evaluation(current.default_evaluation())
        if opened.traits.decides == "two classes":
            compute.explorer_table(opened, opened.models[0])
    for module in walk_packages(ui.__path__, f"{ui.__name__}."):
        import_module(module.name)


if __name__ == "__main__":
    main(sys.argv[1:])
