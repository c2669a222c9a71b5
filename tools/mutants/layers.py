"""Which tests may notice a mistake in a file: by the names that tests share with what they test, the quickest first."""

from dataclasses import dataclass
from pathlib import Path

from hdclib.names import TOPICS

#: In the order of their cost. `room` are the tests of the file's own name and room, `unit` those of other rooms; both
#: need no browser. `empty page` shows a widget alone in a browser, without the built site.
LAYERS = ("doctest", "room", "unit", "nbval", "empty page", "page", "grading")

MATHS = ("layers", *TOPICS)
#: What tells of a room: its chapters, and pages with tests of their own.
PAGES = {
    "sizes": ("dilated_convolution", "output_sizes", "sizes_elsewhere"),
    "gridding": ("gridding", "cone"),
    "rules": ("rule_distance", "rules_sawtooth_divisor", "rules_and_truth"),
    "networks": ("cascades_and_branches", "along_time", "why_dilate", "your_network", "check_your_network"),
    "signal": ("does_it_matter", "frequencies", "why_dilate"),
    "training": ("trained_networks", "trained_evidence"),
}
#: Tests of other rooms that are about what a room holds.
BESIDE = {
    "gridding": ("tests/networks/test_branches.py", "tests/rules/test_gaps.py", "tests/rules/test_reach.py",
                 "tests/layers/test_room.py"),
    "rules": ("tests/layers/test_room.py",), "sizes": ("tests/layers/test_room.py",),
}  # fmt: skip
#: Tests of coursework that are about small parts of it, and take a few seconds together.
PARTS = (
    "parts", "roll", "roster", "showing", "export", "lateness", "fingerprint", "variants", "archives", "statistics",
)  # fmt: skip
#: Tests of coursework that run students' code in the sandbox, or copy whole projects.
GRADING = {"attempts", "batch", "cluster", "coursework", "faults", "limits", "machine", "release", "walk", "wall"}
WITHOUT_BROWSER = ("-m", "not browser")
DRAWINGS = "tests/widgets/test_drawings.py"
DOCTEST = ("--doctest-modules", "--ignore-glob", "*/inspecting/*torch*")
NBVAL = ("-p", "nbval.plugin", "--nbval", "--nbval-current-env", "-p", "tests.nbval_glue", "--nbval-sanitize-with",
         "tests/nbval_sanitize.cfg", "--nbval-cell-timeout", "60")  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One run of pytest: the layer that it belongs to, and its arguments."""

    layer: str
    arguments: tuple


def steps_for(file, root):
    """Return the steps of a file, the quickest first; what one step ran is run again only within a larger one.

    Parameters
    ----------
    file : str
        From the root of the project.
    root : Path
    """
    parts = Path(file).parts
    finder = {"hdclib": _library, "course": _course, "web": _web}[parts[0]]
    return [step for step in finder(parts, root) if step.arguments]


def _library(parts, root):
    room, stem = parts[1] if len(parts) > 2 else "layers", Path(parts[-1]).stem
    if room == "widgets":
        return _widgets(parts, root)
    if room == "coursework":
        named = _named(root, "tests/course", f"coursework_*{stem}*")
        return [Step("room", named), *_course(parts, root)]
    everything = tuple(f"tests/{name}" for name in (*MATHS, "widgets"))
    return [
        Step("room", _named(root, f"tests/{room}", f"*{stem}*")),
        Step("doctest", (*DOCTEST, "/".join(parts[:2]))),
        Step("room", (f"tests/{room}", *BESIDE.get(room, ()))),
        Step("unit", (*everything, *WITHOUT_BROWSER)),
        Step("nbval", _after(NBVAL, _existing(root, "book/{}.ipynb", room))),
        Step("page", _existing(root, "tests/page/test_{}.py", room)),
    ]


def _widgets(parts, root):
    room, stem = parts[2] if len(parts) > 3 else "kit", Path(parts[-1]).stem
    return [
        Step("room", (DRAWINGS, "-k", stem.split("_")[0])),
        Step("room", _after(WITHOUT_BROWSER, _named(root, f"tests/widgets/{room}", f"*{stem}*"))),
        Step("room", (*WITHOUT_BROWSER, f"tests/widgets/{room}", DRAWINGS)),
        Step("unit", (*WITHOUT_BROWSER, "tests/widgets")),
        Step("empty page", ("-m", "browser", "tests/widgets")),
        Step("page", (*_existing(root, "tests/page/test_{}.py", room), "tests/page/test_every_widget.py")),
    ]


def _course(parts, root):
    quick = [name for name in _named(root, "tests/course", "*") if _subject(name) not in GRADING]
    slow = [f"tests/course/test_{name}.py" for name in ("coursework", "walk", "faults")]
    named = [name for name in quick if Path(parts[-1]).stem in _subject(name)]
    small = [name for name in quick if _subject(name) in PARTS]
    layers = ("room", named), ("room", small), ("unit", quick), ("grading", slow)
    return [Step(layer, tuple(files)) for layer, files in layers]


def _web(parts, root):
    stem = Path(parts[-1]).stem.removeprefix("hdc_")
    return [
        Step("room", _named(root, "tests/site", f"*{stem}*")),
        Step("room", ("tests/site",)),
        Step("page", ("tests/page/test_pages.py", *_named(root, "tests/page", f"*{stem}*"))),
    ]


def _named(root, folder, pattern):
    return tuple(sorted(path.relative_to(root).as_posix() for path in (root / folder).glob(f"test_{pattern}.py")))


def _existing(root, pattern, room):
    """Return what there is of a room's pages."""
    names = [pattern.format(name) for name in PAGES.get(room, ())]
    return tuple(name for name in names if (root / name).exists())


def _after(options, files):
    """Return options and files; nothing for no files, which would run everything."""
    return (*options, *files) if files else ()


def _subject(test):
    return Path(test).stem.removeprefix("test_")
