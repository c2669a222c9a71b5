"""The narrow face of hdclib: what stands at the top, what under a topic, and what importing costs."""

import ast
import importlib.util
import json
import pickle
import pkgutil
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import hdclib
from hdclib.names import GONE, TOPICS, public_names

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted([*ROOT.glob("book/*.ipynb"), *ROOT.glob("course/assignments/*/*.ipynb")])
TOPIC = f"({'|'.join(TOPICS)})"
MODULES = sorted(module.name for module in pkgutil.walk_packages(hdclib.__path__, "hdclib."))


def used(path):
    """The public names that a notebook uses, wherever in hdclib it finds them."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    found = set()
    for node in ast.walk(ast.parse("\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "code"))):
        if isinstance(node, ast.Attribute) and re.fullmatch(rf"(hdc|hdclib)\.({TOPIC}\.)?\w+", ast.unparse(node)):
            found.add(node.attr)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("hdclib"):
            found |= {alias.name for alias in node.names}
    return found & set(public_names())


#: These pages for looking up hold the evidence of topics: that they use their names is no reason to put one at the top.
LOOK_UP = {"trained_evidence": ("training",), "published_networks": ("networks", "sizes")}


def python(*arguments):
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=True, cwd=ROOT).stdout


def test_at_the_top_stand_the_names_that_two_notebooks_use_and_what_an_engineer_comes_for():
    users = Counter()
    for path in NOTEBOOKS:
        topics = [importlib.import_module(f"hdclib.{topic}") for topic in LOOK_UP.get(path.stem, ())]
        users.update(used(path).difference(*(topic.__all__ for topic in topics)))
    assert len(NOTEBOOKS) >= 15
    assert sorted(hdclib.__all__) == sorted({*(name for name, notebooks in users.items() if notebooks >= 2), "inspect"})
    assert len(hdclib.__all__) == 60


def test_every_other_public_name_stands_under_one_topic():
    listed = [name for topic in TOPICS for name in importlib.import_module(f"hdclib.{topic}").__all__]
    assert len(listed) == len(set(listed))
    assert {home.rpartition(".")[0] for home in public_names().values()} == {"hdclib", *(f"hdclib.{t}" for t in TOPICS)}


@pytest.mark.parametrize("name", MODULES)
def test_nothing_bears_the_name_of_a_module(name):
    """`import hdclib.x.y as y` gives the module, and nothing inside of it is called as it is."""
    package, _, last = name.rpartition(".")
    assert last not in getattr(importlib.import_module(package), "__all__", ())
    text = Path(importlib.util.find_spec(name).origin).read_text(encoding="utf-8")
    assert last not in {getattr(node, "name", None) for node in ast.parse(text).body}


def test_names_are_listed_found_and_told_before_they_are_imported():
    code = "import hdclib; print(set(hdclib.__all__) <= set(dir(hdclib)), 'measured_period' in dir(hdclib.signal))"
    assert python("-c", code).split() == ["True", "True"]
    told = python("-c", "import hdclib; help(hdclib)")
    assert [name for name in hdclib.__all__ if f" {name}(" not in told] == []


def test_a_star_brings_the_names_of_the_top_and_hides_no_module_of_python():
    space = {}
    exec("from hdclib import *", space)
    assert set(space) - {"__builtins__"} == set(hdclib.__all__)


def test_the_home_of_a_class_is_where_pickle_finds_it():
    for name, home in public_names().items():
        value = pkgutil.resolve_name(home)
        assert pickle.loads(pickle.dumps(value)) is value, name


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("measured_period", ": it is hdclib.signal.measured_period"),
        ("widest_hole_free", r": it is .*place_values\(.*"),
        ("no_such_name", ""), *((name, f": it is {home.partition('(')[0]}.*") for name, home in GONE.items()),
    ],
)  # fmt: skip
def test_a_name_that_moved_is_told_where_it_is(name, words):
    with pytest.raises(AttributeError, match=rf"^module 'hdclib' has no attribute '{name}'{words}$"):
        getattr(hdclib, name)


def test_a_topic_names_what_it_has_not():
    with pytest.raises(AttributeError, match=r"^module 'hdclib\.signal' has no attribute 'coverage'$"):
        hdclib.signal.coverage  # noqa: B018


def test_importing_loads_neither_matplotlib_nor_ipywidgets_whatever_name_is_asked_for():
    code = (
        "import sys, pkgutil; from hdclib.names import public_names\n"
        "for home in public_names().values(): pkgutil.resolve_name(home)\n"
        "print({'matplotlib', 'ipywidgets', 'anywidget', 'torch'} & set(sys.modules))"
    )
    assert python("-c", code) == "set()\n"


def test_importing_takes_at_most_a_tenth_longer_than_numpy():
    code = "import time; start = time.process_time(); import {}; print(time.process_time() - start)"
    pairs = [[float(python("-c", code.format(what))) for what in ("numpy", "numpy, hdclib")] for _ in range(7)]
    assert min(both / alone for alone, both in pairs) <= 1.1
