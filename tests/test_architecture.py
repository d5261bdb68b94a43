"""The rules of the house, read from the source: who may import whom, and where things are kept."""

from __future__ import annotations

import ast
import doctest
import importlib
import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests import map as house

ROOT = Path(__file__).parents[1]

# The way that the data go within evalcore: a layer may import its own and those before it.
LAYERS = (
    "errors",
    "numbers",
    "wording",
    "predictions",
    "inputs",
    "metrics",
    "describing",
    "figures",
    "sharing",
)
FACES = {"evalcore/__init__.py", "evalcore/__main__.py"}  # these two see every layer

# The order within a package: what comes later may import what comes before.
FLOORS = {
    "evalcore.inputs": (
        "progress", "fingerprint", "plan", "reading", "columns", "recognition", "roles", "building", "groups", "images",
        "joining", "ready_made", "opening", "examples",
    ),
    "evalcore.metrics": (
        "rates", "sweep", "probability", "goals", "comparing", "slices", "uncertainty", "deciding",
        "classes", "cases", "policy", "images", "summaries",
    ),
    "evalcore.figures": (
        "contrast", "style", "texts", "class_matrix", "curves", "distributions", "image_outputs", "live",
    ),
    "evalcore.sharing": ("csv_text", "parquet", "samples", "decisions", "gate", "report", "store"),
    "pages.ui": (
        "phrases", "house_tables", "state", "below", "compute", "current", "remembered", "boxes", "live", "cases",
        "decide", "understand", "start",
    ),
}  # fmt: skip

# Rooms that never meet, although the order would let them.
APART = (("evalcore.metrics", "evalcore.inputs"), ("evalcore.figures", "evalcore.inputs"))

# Public names that mean the same in two rooms.
SAME_MEANING: dict[str, str] = {}

# Modules of one name that mean the same subject in different rooms, and why.
SAME_SUBJECT = {
    "archives": "zip files: of tables, of images",
    "answers": "answers to questions about a file: what each gives, what was answered",
    "binary": "the task of two classes",
    "calibration": "calibration: its figures, its page",
    "cell": "a cell of the confusion matrix",
    "cells": "the cells of a table: read from text, written to Parquet",
    "class_cases": "cases behind a cell of the matrix of classes",
    "class_matrix": "the matrix of classes: its figure, its panel",
    "classes": "the task of several classes",
    "confusion": "a confusion matrix: of two classes, of several",
    "costs": "what wrong calls cost",
    "counts": "the task of counts",
    "curves": "the curves of a sweep",
    "errors": "errors: a caller's, of images, and the page called Errors",
    "explorer": "the explorer: its table, its keys",
    "goals": "goals for the threshold",
    "images": "images as outputs",
    "labels": "the task of several labels",
    "marked_range": "a range of scores that a person marked",
    "messages": "the sentences of a room",
    "outputs": "the task of several outputs",
    "policy": "when to decide: its caches, its keys",
    "progress": "how far the opening has come: counted, shown",
    "ranking": "how well scores rank: cases one by one, classes by their areas",
    "scores": "the columns of scores, and the task of scores alone",
    "scores_alone": "scores without a truth",
    "settling": "what is settled once all is looked at: types of cells, roles of columns",
    "stated": "what a person stated: roles, groups",
    "suspects": "labels that may be wrong",
    "threshold": "the present threshold",
    "typical": "typical images of a cell",
    "unmatched": "rows of joined files without a partner",
    "validation": "whether a choice holds on other cases",
}

# What an import name is called where it is installed from, if not the same.
DISTRIBUTIONS = {"PIL": "pillow", "sklearn": "scikit-learn", "sqlalchemy": "SQLAlchemy"}

MISSING = {"ImportError", "ModuleNotFoundError"}

# Slow to import, so left until something needs them.
HEAVY = {"sklearn", "plotly", "streamlit", "scipy.stats", "sqlalchemy"}


@dataclass(frozen=True)
class Source:
    """One Python file, by its path from the project's folder."""

    path: str
    tree: ast.Module

    def imports(self) -> Iterator[str]:
        """Full names of all that is imported, wherever in the file."""
        return house.names_imported(self.tree, Path(self.path).parent.parts)

    def optional(self) -> set[str]:
        """Top names of what it can do without: imports that catch an ImportError."""
        guarded = [
            node
            for node in ast.walk(self.tree)
            if isinstance(node, ast.Try)
            and any(
                MISSING & set(re.findall(r"\w+", ast.unparse(each.type or each))) for each in node.handlers
            )
        ]
        inner = ast.Module([statement for node in guarded for statement in node.body], [])
        return {top(name) for name in Source(self.path, inner).imports()}

    def attributes(self) -> set[str]:
        """All names that are read from something, such as `session_state` in `st.session_state`."""
        names = {node.attr for node in ast.walk(self.tree) if isinstance(node, ast.Attribute)}
        return names | {name.rpartition(".")[2] for name in self.imports()}

    def calls(self) -> Iterator[ast.Call]:
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))


@cache
def sources() -> tuple[Source, ...]:
    """All Python files of the product; tests are not of it."""
    paths = [path for folder in ("pages", "evalcore") for path in sorted((ROOT / folder).rglob("*.py"))]
    paths = [path for path in [ROOT / "app.py", *paths] if path.is_file()]
    return tuple(
        Source(path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8"))) for path in paths
    )


def within(folder: str) -> list[Source]:
    return [each for each in sources() if each.path.startswith(f"{folder}/")]


def scripts() -> list[Source]:
    """The pages: what lies in a folder of `pages/` that is not shared."""
    return [each for each in within("pages") if not each.path.startswith("pages/ui/")]


def top(name: str) -> str:
    return name.partition(".")[0]


# -------------------------------------------------------------------------------- the way of imports


def test_evalcore_knows_no_dashboard() -> None:
    wrong = [
        (each.path, name)
        for each in within("evalcore")
        for name in each.imports()
        if top(name) in {"streamlit", "pages", "app"}
    ]
    assert wrong == []


def layer(path: str) -> int:
    name = Path(path).parts[1].removesuffix(".py")
    assert name in LAYERS, f"{path}: say in LAYERS where {name!r} stands"
    return LAYERS.index(name)


def test_evalcore_imports_go_one_way() -> None:
    wrong = []
    for each in within("evalcore"):
        if each.path in FACES:
            continue
        for name in each.imports():
            parts = name.split(".")
            if parts[0] != "evalcore":
                continue
            # `import evalcore` within it would run in a circle: name the module instead.
            if len(parts) == 1 or parts[1] not in LAYERS or LAYERS.index(parts[1]) > layer(each.path):
                wrong.append((each.path, name))
    assert wrong == []


@pytest.mark.parametrize("package", FLOORS)
def test_rooms_know_those_below_them(package: str) -> None:
    order = FLOORS[package]
    graph = house.within(package)
    there = {name for name, others in graph.items() for name in (name, *others)}
    assert there - set(order) == set(), f"say in FLOORS where these stand within {package}"
    upwards = [
        (name, other)
        for name, others in graph.items()
        for other in others
        if order.index(other) > order.index(name)
    ]
    assert upwards == []


@pytest.mark.parametrize(("room", "other"), APART)
def test_rooms_that_never_meet(room: str, other: str) -> None:
    wrong = [
        (name, known)
        for name, others in house.imports().items()
        for known in others
        if name.startswith(f"{room}.") and known.startswith(f"{other}.")
    ]
    assert wrong == []


def test_no_circle_among_modules() -> None:
    """For type checking only is a circle as well."""
    assert house.circles(house.imports()) == []


@pytest.mark.parametrize("package", house.packages())
def test_no_circle_among_the_rooms_of_a_folder(package: str) -> None:
    faces = {"evalcore", "evalcore.__main__"}
    graph = {name: others for name, others in house.imports().items() if name not in faces}
    assert house.circles(house.within(package, graph)) == []


def test_circles_are_found() -> None:
    assert house.circles({"a": "b", "b": "c", "c": "a", "d": "a"}) == [["a", "b", "c"]]
    assert house.circles({"a": "bc", "b": "c", "c": ""}) == []


def test_map_shows_every_folder_with_its_number_of_modules() -> None:
    told = list(house.drawn())
    assert {package for package in FLOORS if package not in told} == set()
    counts = house.folders("evalcore")
    assert all(f"{count:7}  {folder}" in told for folder, count in counts.items())
    assert counts["evalcore/predictions"] == len(list((ROOT / "evalcore/predictions").glob("*.py"))) - 1


def test_private_names_stay_in_their_module() -> None:
    wrong = [
        (each.path, name)
        for each in sources()
        for name in each.imports()
        if name.startswith(("evalcore.", "pages.")) and re.fullmatch(r"_[a-zA-Z]\w*", name.rpartition(".")[2])
    ]
    assert wrong == []


def test_only_figures_and_the_report_draw_with_plotly() -> None:
    users = {each.path for each in sources() if any(top(name) == "plotly" for name in each.imports())}
    assert {path for path in users if not path.startswith("evalcore/figures/")} <= {
        "evalcore/sharing/report.py"
    }


def test_pages_import_what_is_shared_and_their_own_folder() -> None:
    wrong = []
    for each in scripts():
        own = ".".join(Path(each.path).parent.parts)
        for name in each.imports():
            shared = name.startswith(("pages.ui.", f"{own}."))
            if top(name) == "app" or (top(name) == "pages" and not shared):
                wrong.append((each.path, name))
    assert wrong == []


def test_what_pages_share_knows_no_page() -> None:
    wrong = [
        (each.path, name)
        for each in within("pages/ui")
        for name in each.imports()
        if top(name) == "app" or (top(name) == "pages" and not name.startswith("pages.ui"))
    ]
    assert wrong == []


# --------------------------------------------------------------------------------- where things lie


def test_no_script_lies_directly_under_pages() -> None:
    """Streamlit takes such a script for a page of its own, and a deep link to it never runs app.py."""
    assert [path.name for path in (ROOT / "pages").glob("*.py") if path.name != "__init__.py"] == []


def lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def test_no_file_outgrows_a_head() -> None:
    folders = ("pages", "evalcore", "sample_data", "tests")
    files = [
        path
        for folder in folders
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".js", ".css", ".html"}
    ]
    assert {path.relative_to(ROOT).as_posix(): lines(path) for path in files if lines(path) >= 500} == {}


def test_modules_that_comments_name_are_there() -> None:
    known = {*house.modules(), *house.packages()}
    stale = []
    for path in [ROOT / each.path for each in sources()] + sorted((ROOT / "pages").rglob("*.js")):
        text = path.read_text("utf-8")
        files = re.findall(r"\b((?:evalcore|pages|tests)/[\w/]+\.(?:py|js))\b", text)
        stale += [(path.name, name) for name in files if not (ROOT / name).is_file()]
        dotted = re.findall(r"`((?:evalcore|pages)(?:\.\w+)+)`", text)
        stale += [(path.name, name) for name in dotted if not {name, name.rpartition(".")[0]} & known]
    assert stale == []


def test_folders_fit_in_a_head() -> None:
    assert {folder: count for folder, count in house.folders().items() if count > 12} == {}


def test_every_package_says_what_lives_in_it_and_what_it_may_know() -> None:
    silent = []
    for each in within("evalcore") + within("pages/ui"):
        path = Path(each.path)
        if path.name == "__init__.py" and "live" not in path.parts[:-2]:
            told = " ".join((ast.get_docstring(each.tree) or "").split())
            if each.path not in FACES and (len(told.split()) < 10 or not re.search(r"\b[Kk]nows?\b", told)):
                silent.append(each.path)
    assert silent == []


def test_one_public_name_means_one_thing() -> None:
    homes: dict[str, list[str]] = {}
    for each in within("evalcore"):
        for node in each.tree.body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
                homes.setdefault(node.name, []).append(each.path)
    assert {name: paths for name, paths in homes.items() if len(paths) > 1 and name not in SAME_MEANING} == {}


def test_one_module_name_means_one_subject() -> None:
    names = [Path(each.path).stem for each in sources() if Path(each.path).name != "__init__.py"]
    several = {name for name in names if names.count(name) > 1}
    assert several - set(SAME_SUBJECT) == set(), "rename one, or say in SAME_SUBJECT what both are about"


def test_pages_are_short_scripts() -> None:
    assert {each.path: lines(ROOT / each.path) for each in scripts() if lines(ROOT / each.path) > 100} == {}


#: Of every page; of the Errors page, of the explorer and of the policy among classes.
STATE = {path.relative_to(ROOT).as_posix() for path in (ROOT / "pages/ui/state").glob("*.py")}
#: What has no evaluation in it (the store, the samples); all else is kept by `pages.ui.compute.kept`.
CACHES = {"pages/ui/compute/evaluations.py"}


@pytest.mark.parametrize(
    ("words", "home"),
    [
        ({"session_state", "query_params"}, STATE),
        ({"cache_data", "cache_resource"}, CACHES),
    ],
)
def test_one_place_spells_it(words: set[str], home: set[str]) -> None:
    wrong = [(each.path, each.attributes() & words) for each in sources() if each.attributes() & words]
    assert [path for path, _ in wrong if path not in home] == []


def test_keys_that_go_into_the_link_are_spelt_in_state() -> None:
    wrong = [
        f"{each.path}:{call.lineno}"
        for each in sources()
        if each.path not in STATE
        for call in each.calls()
        if any(word.arg == "bind" for word in call.keywords)
        for word in call.keywords
        if word.arg == "key" and isinstance(word.value, ast.Constant | ast.JoinedStr)
    ]
    assert wrong == []


def test_nothing_from_a_file_becomes_markup() -> None:
    allowed = [
        f"{each.path}:{call.lineno}"
        for each in sources()
        for call in each.calls()
        if any(word.arg in {"unsafe_allow_html", "unsafe_allow_javascript"} for word in call.keywords)
    ]
    assert allowed == []


@pytest.mark.parametrize("word", ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("])
def test_no_script_writes_markup(word: str) -> None:
    users = [path.name for path in (ROOT / "pages").rglob("*.js") if word in path.read_text("utf-8")]
    assert users == []


# ------------------------------------------------------------------------------------- requirements


def test_requirements_are_what_the_product_imports() -> None:
    """What is optional may be among them or not; all else must be, and nothing more."""
    script = ROOT / "sample_data" / "make_samples.py"
    everything = [*sources(), Source("sample_data/make_samples.py", ast.parse(script.read_text("utf-8")))]
    optional = {name for each in everything for name in each.optional()}
    imported = {top(name) for each in everything for name in each.imports()}
    foreign = imported - sys.stdlib_module_names - {"app", "pages", "evalcore"}
    needed = {DISTRIBUTIONS.get(name, name) for name in foreign - optional}
    assert needed <= set(requirements()) <= needed | {DISTRIBUTIONS.get(name, name) for name in optional}


def test_requirements_are_bounded() -> None:
    assert [
        name for name, bounds in requirements().items() if not re.fullmatch(r">=[\d.]+,<[\d.]+", bounds)
    ] == []


def requirements() -> dict[str, str]:
    text = (ROOT / "requirements.txt").read_text("utf-8")
    found = re.findall(r"^([A-Za-z][\w-]*)(.*)$", text, flags=re.MULTILINE)
    return {name: bounds.strip() for name, bounds in found}


# ----------------------------------------------------------------------------------- the public face


def test_import_of_evalcore_is_light() -> None:
    """How long it takes is measured in tests/benchmarks/import_time.py; here: what it must not load."""
    program = "import sys, evalcore; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert set(loaded) & HEAVY == set()


def test_public_names_are_sorted_and_there() -> None:
    evalcore = importlib.import_module("evalcore")
    assert list(evalcore.__all__) == sorted(evalcore.__all__)
    assert [name for name in evalcore.__all__ if not hasattr(evalcore, name)] == []


def test_public_names_have_an_example_that_runs() -> None:
    """The examples are run by pytest's --doctest-modules: here that there is one for each."""
    evalcore = importlib.import_module("evalcore")
    lacking = []
    for name in evalcore.__all__:
        public = getattr(evalcore, name)
        if not (inspect.isclass(public) or inspect.isroutine(public)):
            continue  # a registry or a version: its module describes it
        text = inspect.getdoc(public) or ""
        if "Examples\n--------" not in text or not doctest.DocTestParser().get_examples(text):
            lacking.append(name)
    assert lacking == []


def test_one_writer_of_downloads() -> None:
    """A text of a file must not be a formula in a spreadsheet: `as_csv` sees to that."""
    writing = [
        str(path) for path in ROOT.joinpath("pages").rglob("*.py") if ".to_csv(" in path.read_text("utf-8")
    ]
    assert writing == []


def test_no_table_shows_none() -> None:
    """Streamlit writes "None" into the empty cells of a table unless it is told what stands for nothing."""
    silent = [
        f"{each.path}:{node.lineno}"
        for each in within("pages")
        for node in ast.walk(each.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "dataframe"
        and not any(word.arg == "placeholder" for word in node.keywords)
    ]
    assert silent == []
