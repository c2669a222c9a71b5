"""Whatever students and platforms write into files, their readers answer or refuse in words: nothing else, and soon.

The files are drawn: right ones with bytes, words and parts changed. Random text alone would not get past the first
check of a reader. Drawn names must never end in another place than the course, which `test_wall.py` tests.
"""

import json
import zipfile
from contextlib import suppress
from time import monotonic

import pytest
from courses import make_course
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course.collect import collect
from course.layout import CourseError
from course.reading.preflight import Rejected, parse
from course.reading.yaml_text import read_yaml
from course.results.names import read_names
from course.roster import read_roster

SECONDS = 5  # a file
usual = settings(max_examples=150, derandomize=True, database=None, deadline=None,
                 suppress_health_check=list(HealthCheck))  # fmt: skip

HEADS = "id", "first_name", "Nachname", "Email address", "SIS Login ID", "Student", "名", "lms_id", "", "ID"
WORDS = st.sampled_from([
    "ada", "Ada Tester", "Tester, Ada", "ada@example.org", "007", "1e5", "Points Possible", '="00123"', "=1+1", "..",
    "/", "\0", "\ud800", "a" * 300, '"', "\r", "x\ny", "\u202e", "ａｄａ", "2023/1234", "  ", "-", "True", "ada;ben",
])  # fmt: skip
CELLS = st.one_of(WORDS, st.text(max_size=8))
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "utf-7"])


@st.composite
def tables(draw):
    """The bytes of a table: heads that are known or not, rows as long or not, in some letters, cut or changed."""
    separator, quote = draw(st.sampled_from(",;\t|")), draw(st.sampled_from(["", '"']))
    heads = draw(st.lists(st.sampled_from(HEADS), min_size=1, max_size=5))
    rows = draw(st.lists(st.lists(CELLS, max_size=6), max_size=5))
    lines = [separator.join(f"{quote}{cell}{quote}" for cell in row) for row in [heads, *rows]]
    data = draw(st.sampled_from(["\n", "\r\n", "\r"])).join(lines).encode(draw(ENCODINGS), "replace")
    return draw(changed(data))


@st.composite
def changed(draw, data):
    """Bytes as they are, cut off, or with some bytes of others in between."""
    at = draw(st.integers(0, len(data)))
    return draw(st.sampled_from([data, data, data[:at], data[:at] + draw(st.binary(max_size=4)) + data[at:]]))


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=6), WORDS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=8,
)  # fmt: skip
MARKS = st.fixed_dictionaries({}, optional={
    "grade_id": st.one_of(st.sampled_from(["total", "written", "numbers"]), JSON), "points": JSON, "solution": JSON,
    "grade": JSON, "locked": JSON, "schema_version": JSON, "cell_type": JSON,
})  # fmt: skip
CELL = st.one_of(JSON, st.fixed_dictionaries({}, optional={
    "cell_type": st.one_of(st.sampled_from(["code", "markdown", "raw"]), JSON),
    "source": st.one_of(st.text(max_size=20), st.lists(st.one_of(st.text(max_size=5), JSON)), JSON),
    "metadata": st.one_of(st.fixed_dictionaries({"nbgrader": MARKS}), JSON), "id": JSON, "outputs": JSON,
    "attachments": st.one_of(st.dictionaries(st.text(max_size=4), st.dictionaries(
        st.sampled_from(["image/png", "text/html"]), JSON, max_size=2), max_size=2), JSON),
}))  # fmt: skip
NOTEBOOK = st.one_of(JSON, st.fixed_dictionaries({"cells": st.one_of(st.lists(CELL, max_size=4), JSON)}, optional={
    "nbformat": st.one_of(st.sampled_from([2, 3, 4, 5]), JSON), "nbformat_minor": JSON,
    "metadata": st.one_of(st.fixed_dictionaries({"hdc": JSON}), JSON), "worksheets": JSON,
}))  # fmt: skip
PARTS = st.one_of(st.sampled_from([
    "ada", "ben", "Ada Tester", "Ben Tester_1001_assignsubmission_file_", "ada_1000_55_small.ipynb", "small-2.ipynb",
    "testerada_LATE_1000_77_small.ipynb",
    "small_ben_attempt_2026-05-04-10-00-00_small.ipynb",
    "1-2 - Ada Tester - May 4, 2026 905 PM", "small.ipynb", "submission_7", "..", ".", "", "C:",
    "a" * 300, "\u200bada", "x\ny", "\u202e",
]), st.text(max_size=9))  # fmt: skip
PARTED = st.lists(PARTS, min_size=1, max_size=4)
PATHS = PARTED.map("/".join)
HARMFUL = (
    b"", b"[" * 10**5, b"a: &x [1]\nb: *x", b"? [a]\n: b", b"a: 1\na: 2", b"--- !!python/object:os.system x",
    b"a: 2026-13-45", b"a: 0o7\nb: 1_000", b"%YAML 9.9\n---\na", b"\xff\xfe", b"a: !!binary x",
)  # fmt: skip
YAML = st.one_of(
    st.sampled_from(HARMFUL), JSON.map(lambda value: json.dumps(value).encode("utf-8", "replace")),
    st.binary(max_size=60), st.text().map(str.encode),
)  # fmt: skip


def soon(call, refusals):
    """Call within the time; what is no refusal is the test's to show."""
    start = monotonic()
    with suppress(refusals):
        call()
    assert monotonic() - start < SECONDS


@usual
@given(data=tables())
def test_a_roster(tmp_path, data):
    path = tmp_path / "roster.csv"
    path.write_bytes(data)
    soon(lambda: read_roster(path), CourseError)


@usual
@given(notebook=NOTEBOOK, cut=st.integers(0, 60))
def test_a_notebook(notebook, cut):
    data = json.dumps(notebook).encode("utf-8", "surrogatepass")
    soon(lambda: parse(data[: len(data) - cut % 7 * (cut > 50)], "small.ipynb"), Rejected)


@usual
@given(data=YAML)
def test_a_rubric(data):
    soon(lambda: read_yaml(data, "submission_metadata.yml", lambda path: len(path) < 4), CourseError)


@usual
@given(paths=st.lists(PARTED.map(tuple), min_size=1, max_size=5))
def test_names_in_a_download(paths):
    soon(lambda: read_names(paths), CourseError)


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return make_course(tmp_path_factory.mktemp("hostile"), ["ada", "ben"])


@pytest.mark.filterwarnings("ignore:Duplicate name")
@usual
@given(paths=st.lists(PATHS, min_size=1, max_size=4), notebook=NOTEBOOK, cut=st.booleans())
def test_an_archive(course, paths, notebook, cut):
    place = course.root / "download.zip"
    with zipfile.ZipFile(place, "w") as archive:
        for path in paths:
            archive.writestr(path.encode("utf-8", "replace").decode() or ".", json.dumps(notebook))
    if cut:
        place.write_bytes(place.read_bytes()[:-30])
    before = {path for path in course.root.parent.rglob("*") if course.root not in path.parents}
    soon(lambda: collect(course, "small", place), CourseError)
    assert {path for path in course.root.parent.rglob("*") if course.root not in path.parents} == before
