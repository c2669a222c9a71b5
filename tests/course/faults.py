"""What can be handed in, and what has to come of it: the fault table of docs/teaching.md, as code.

``python tests/course/faults.py`` (`make faults`) grades all of them in one batch and prints the observed outcomes.
"""

import copy
import json
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import courses
import nbformat

from course.layout import PROJECT

ALL = 6.0  # points of the tests of the small assignment
GOOD_TOTAL = "def total(values):\n    return sum(values)"
FAULTS = []
PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@dataclass(frozen=True)
class Fault:
    """A kind of submission, the points that it must get, and what the teacher must be told, as regular expressions."""

    name: str
    make: object
    points: float | None
    reason: str = ""  # why a human has to look; empty: nobody has to
    note: str = ""

    @property
    def student(self):
        """The id of the student who hands it in."""
        return re.sub(r"\W+", "-", self.name.lower()).strip("-")


def fault(name, points, reason="", note=""):
    """Add a function that makes a submission from (course, student, solved notebook) to the table."""

    def add(make):
        FAULTS.append(Fault(name, make, points, reason, note))
        return make

    return add


def code(name, total, points=3.0, reason="", note=""):
    """Add a submission that is right but for the code of its first answer."""
    FAULTS.append(Fault(name, lambda course, student, right: courses.changed(right, total=total), points, reason, note))


# ---- what is ordinary ------------------------------------------------------------------------------------------


@fault("correct", ALL)
def _(course, student, right):
    return right


code("wrong", "def total(values):\n    return 0")


@fault("untouched", 0.0)
def _(course, student, right):
    return courses.handout(course, student)


@fault("partial", 3.0)
def _(course, student, right):
    return courses.changed(courses.handout(course, student), total=GOOD_TOTAL)


code("syntax error", "def total(values:\n    return sum(values)", reason="total is worth a look: it cannot be read")
code("sys.exit()", f"import sys\nsys.exit()\n{GOOD_TOTAL}")
code("exit()", f"exit()\n{GOOD_TOTAL}")
code("sys.exit() inside of the answer", "import sys\ndef total(values):\n    sys.exit(0)")
code("input()", f"name = input('who? ')\n{GOOD_TOTAL}")
code("warnings", "import warnings\ndef total(values):\n    warnings.warn('slow')\n    return sum(values)", ALL)
code("names of built-ins reused", f"len = 3\nlist = [1]\n{GOOD_TOTAL}", ALL)

# ---- the notebook's own cells ----------------------------------------------------------------------------------


@fault("test cell deleted", ALL, note="deleted and put back: test_total")
def _(course, student, right):
    right.cells.remove(courses.at(right, "test_total"))
    return right


@fault("test cell edited", 3.0, note="edited and put back: test_total")
def _(course, student, right):
    return courses.changed(right, total="total = None", test_total="assert True")


@fault("test cell duplicated", ALL, reason="more than once.*test_total")
def _(course, student, right):
    right.cells.append(copy.deepcopy(courses.at(right, "test_total")))
    return right


@fault("answer cell duplicated", ALL, reason="more than once.*total")
def _(course, student, right):
    old = copy.deepcopy(courses.at(right, "total"))
    old.source = "def total(values):\n    return 0"
    right.cells.insert(0, old)
    return right


@fault("answer cell deleted", 3.0, reason="answer cells are missing: total")
def _(course, student, right):
    right.cells.remove(courses.at(right, "total"))
    return right


@fault("cells reordered", ALL, note="reordered")
def _(course, student, right):
    right.cells.reverse()
    return right


@fault("answer in a cell that is no code", ALL, note="cells of another kind were put back: total")
def _(course, student, right):
    courses.at(right, "total").cell_type = "raw"
    return right


@fault("points raised", 3.0, note="points were changed and put back: test_total")
def _(course, student, right):
    courses.at(right, "test_total").metadata["nbgrader"]["points"] = 300
    return courses.changed(right, total="total = None")


@fault("metadata stripped", ALL, reason="marks were lost")
def _(course, student, right):
    for cell in right.cells:
        cell.metadata.pop("nbgrader", None)
    return right


@fault("metadata and ids stripped", ALL, reason="marks were lost")
def _(course, student, right):
    cells = [{**cell, "metadata": {}, "id": f"x{at}"} for at, cell in enumerate(right.cells)]
    return {**right, "metadata": {}, "cells": cells}


@fault("old notebook format 3", ALL, note="old format 3")
def _(course, student, right):
    return json.loads(nbformat.writes(right, version=3))


@fault("newer notebook format 5", ALL, note="newer format 5")
def _(course, student, right):
    return {**right, "nbformat": 5, "nbformat_minor": 0, "novelty": {}}


@fault("old metadata schema 1", ALL)
def _(course, student, right):
    for cell in right.cells:
        if "nbgrader" in cell.metadata:
            marks = cell.metadata["nbgrader"]
            cell.metadata["nbgrader"] = {name: marks[name] for name in ("grade_id", "grade", "solution")}
    return right


@fault("newer metadata schema 9", ALL)
def _(course, student, right):
    for cell in right.cells:
        if "nbgrader" in cell.metadata:
            cell.metadata["nbgrader"].update(schema_version=9, novelty=[1])
    return right


@fault("older release", 5.0, reason="answer cells are missing: plot", note="another release")
def _(course, student, right):
    courses.at(right, "test_total").source = "assert total([1]) == 1"
    right.cells = [cell for cell in right.cells if "plot" not in cell.metadata.get("nbgrader", {}).get("grade_id", "")]
    right.metadata["hdc"]["release"] = "0123456789ab"
    return right


@fault("answer above the cell for it", 3.0, reason="total is as it was handed out and comes after cell 4")
def _(course, student, right):
    right = courses.changed(right, total=courses.at(courses.handout(course, student), "total").source)
    right.cells.insert(3, nbformat.v4.new_code_cell(GOOD_TOTAL))
    return right


@fault("written answer in a cell of one's own", ALL, reason="written is as it was handed out, but .* cell 11")
def _(course, student, right):
    right = courses.changed(right, written=courses.at(courses.handout(course, student), "written").source)
    right.cells.append(nbformat.v4.new_markdown_cell("A sum may be taken in any order."))
    return right


code("code of a classmate with other names", "def total(values):\n    summe = 0\n    for zahl in values:\n"
     "        summe += zahl\n    return summe", ALL)  # fmt: skip


@fault("written answer of 4 MB", ALL)
def _(course, student, right):
    return courses.changed(right, written="word <b> & " * 360_000)


@fault("picture pasted into an answer", ALL)
def _(course, student, right):
    answer = courses.at(right, "written")
    answer.source = "![drawing](attachment:my%20drawing.png)"
    answer["attachments"] = {"my drawing.png": {"image/png": PICTURE}}
    return right


@fault("cell of the course edited", ALL, note="a cell of the course was edited; both versions count: imports")
def _(course, student, right):
    edited = courses.at(right, "imports").source + "\nimport math"
    return courses.changed(right, imports=edited, total="def total(values):\n    return int(math.fsum(values))")


code("missing package imported", f"import seaborn as sns, torch.nn as nn\n{GOOD_TOTAL}", ALL,
     reason="cell total imports seaborn, torch: not installed here")  # fmt: skip
code("missing package used", "from seaborn import objects\ndef total(values):\n    return objects.sum(values)", 3.0,
     reason="cell total imports seaborn: not installed here")  # fmt: skip

# ---- files -----------------------------------------------------------------------------------------------------


def file(name, content, file_name="small.ipynb", points=None, reason="", note=""):
    """Add a submission that is some file, made from the text of the right notebook."""

    def make(course, student, right):
        courses.hand_in(course, student, content(nbformat.writes(right)), file_name)

    FAULTS.append(Fault(name, make, points, reason, note))


file("wrong file name", str, "Exercise 1 (final).ipynb", ALL, note="the file is named Exercise 1")
file("no notebook in the folder", str, "small.txt", reason="no notebook was handed in, only small.txt")
file("empty file", lambda text: "", reason="is empty")
file("truncated file", lambda text: text[: len(text) // 2], reason="truncated")
file("corrupt file", lambda text: b"\x80\xff\x00" * 1000, reason="corrupt")
file("corrupt in the middle", lambda text: text.replace('"cells"', '"cells', 1), reason="corrupt")
file("other JSON", lambda text: '{"a": [1, 2]}', reason="without cells")
file("deeply nested JSON", lambda text: "[" * 100_000 + "]" * 100_000, reason="corrupt")
file("notebook of something else", lambda text: nbformat.writes(nbformat.v4.new_notebook(
    cells=[nbformat.v4.new_code_cell("print(1)"), nbformat.v4.new_code_cell("print(2)")])),
    reason="no answer cell was recognised")  # fmt: skip
file("notebook of another assignment", lambda text: text.replace('"assignment": "small"', '"assignment": "big"'),
     reason="of the assignment 'big'")  # fmt: skip


@fault("gigantic file", None, reason="at most 5 MB are opened")
def _(course, student, right):
    with open(courses.hand_in(course, student, ""), "wb") as stream:
        stream.truncate(5 * 10**12)


@fault("link to another file", None, reason="no notebook was handed in")
def _(course, student, right):
    path = courses.hand_in(course, student, "")
    path.unlink()
    path.symlink_to(course.source("small"))


@fault("two submissions at once", ALL, note="ignored: small.ipynb was graded")
def _(course, student, right):
    courses.hand_in(course, student, courses.handout(course, student), "small (1).ipynb")
    return right


@fault("finished copy beside an untouched notebook", 0.0,
       reason="small-Copy1.ipynb holds other answers than small.ipynb", note="small-Copy1.ipynb ignored")  # fmt: skip
def _(course, student, right):
    courses.hand_in(course, student, right, "small-Copy1.ipynb")
    return courses.handout(course, student)


@fault("two submissions, neither named rightly", None, reason="2 notebooks, none named")
def _(course, student, right):
    for name in ("a.ipynb", "b.ipynb"):
        courses.hand_in(course, student, right, name)


@fault("notebook of a classmate", 1.0, reason="the numbers are those of correct")
def _(course, student, right):
    notebook = courses.solved(course, "correct")
    numbers = courses.own_numbers(course, "correct")
    answer = f"scaled = {numbers['factor'] * numbers['values'][0]}"
    hard_wired = f"def total(values):\n    return {sum(numbers['values'])}"
    return courses.changed(notebook, scaled=answer, total=hard_wired)


# ---- too much --------------------------------------------------------------------------------------------------

code("endless loop", "while True:\n    pass", reason="stopped after 10 s")
code("endless loop inside of the answer", "def total(values):\n    while True: pass", reason="test_total was stopped")
code("endless loop in C", "from itertools import repeat\nsum(repeat(0))", 3.0, "could not be interrupted.*total")
code("endless loop that ignores interrupts", "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n"
     "while True:\n    pass", 3.0, "could not be interrupted")  # fmt: skip
code(
    "endless output",
    "while True:\n    print('x' * 1000)",
    reason="a cell printed|stopped after|could not be interrupted|MB of memory",
)
code("100 MB of output", f"print('x' * 100_000_000)\n{GOOD_TOTAL}", ALL, reason="a cell printed")
code("killed kernel", "import os\nos.kill(os.getpid(), 9)", 3.0, "the kernel died, in the cell total")
code("killed kernel inside of the answer", "import os\ndef total(values):\n    os._exit(0)",
     reason="the kernel died, in the cell test_total")  # fmt: skip


@fault("kernel killed by every cell", 0.0, reason="the tests after it did not run")
def _(course, student, right):
    death = "import os\nos._exit(0)"
    return courses.changed(right, total=death, scaled=death, plot=death)


code("memory bomb", f"try:\n    hoard = [bytearray(10**8) for _ in range(10**6)]\nfinally:\n    hoard = None\n"
     f"{GOOD_TOTAL}", 3.0, "MB of memory")  # fmt: skip
code("memory bomb of many processes", """\
import os, time
for _ in range(10):
    if os.fork() == 0:
        hoard = bytearray(b'x' * 2 * 10**8)
        time.sleep(60)
time.sleep(5)""", reason="MB of memory")  # fmt: skip
code("process bomb", "import os\nwhile True:\n    os.fork()", 3.0, "more than 12 processes|could not be interrupted")
code("thread bomb", "import threading, time\nwhile True:\n    threading.Thread(target=time.sleep, args=(99,)).start()")
code("disk bomb", "for at in range(10**6):\n    open(f'/tmp/{at}', 'w').write('x' * 10**6)")
code("disk bomb in the shared folder", "import os\nplace = [line.split()[4] for line in open('/proc/self/mountinfo')\n"
     "         if '/tmp/hdc-' in line][0]\nfor at in range(10**9):\n"
     "    open(f'{place}/{at}', 'w').write('x' * 10**6)")  # fmt: skip
code("left-behind processes", f"import subprocess\nsubprocess.Popen(['sleep', '987654'], start_new_session=True)\n"
     f"{GOOD_TOTAL}", ALL, "import subprocess")  # fmt: skip

# ---- what is not theirs ----------------------------------------------------------------------------------------

TRY = """\
import os, pathlib
def total(values):
    return sum(values)
for place in {places!r}:
    try:
        {deed}
        print('SUCC' + 'EEDED', place)
    except OSError as error:
        print('refused', error)
"""


def deed(name, what, places):
    """Add a submission that tries something with files of the course or the project."""

    def make(course, student, right):
        total = TRY.format(places=[str(place) for place in places(course)], deed=what)
        return courses.changed(right, total=total)

    FAULTS.append(Fault(name, make, ALL))


deed("reading the solutions", "print(open(place).read())",
     lambda course: [course.source("small"), PROJECT / "course" / "grade.py", PROJECT / "README.md"])  # fmt: skip
deed("reading the secret and the gradebook", "print(open(place, 'rb').read())",
     lambda course: [course.secret, course.gradebook, course.roster])  # fmt: skip
deed("reading classmates", "print(os.listdir(place))",
     lambda course: [course.root / "submitted", course.root / "autograded", course.root])  # fmt: skip
deed("editing the gradebook", "open(place, 'ab').write(b'x')", lambda course: [course.gradebook, course.roster])
deed("writing outside", "pathlib.Path(place, 'planted').write_text('x')",
     lambda course: [Path.home(), PROJECT, PROJECT / "hdclib", Path(sys.prefix), "/usr/lib", "/"])  # fmt: skip


@fault("network access", ALL, reason="import socket")
def _(course, student, right):
    port = int((course.root / "port.txt").read_text()) if (course.root / "port.txt").exists() else 9
    call = f"    socket.create_connection(('127.0.0.1', {port}), timeout=2)\n    print('SUCC' + 'EEDED')\n"
    total = f"import socket\ntry:\n{call}except OSError as error:\n    print(error)\n{GOOD_TOTAL}"
    return courses.changed(right, total=total)


code("a namespace of one's own", "import ctypes\nif ctypes.CDLL(None).unshare(0x10000000) == 0:\n"
     f"    print('SUCC' + 'EEDED')\n{GOOD_TOTAL}", ALL, "import ctypes")  # fmt: skip

# ---- patched tests ---------------------------------------------------------------------------------------------

WRONG = "def total(values):\n    return 0"
code("asserts stripped by a transformer", f"import ast\nclass Strip(ast.NodeTransformer):\n"
     f"    def visit_Assert(self, node):\n        return ast.Pass()\n"
     f"get_ipython().ast_transformers.append(Strip())\n{WRONG}", reason="get_ipython")  # fmt: skip
code("patched run_cell", f"shell = get_ipython()\nfor name in ('run_cell', 'run_cell_async', 'showtraceback'):\n"
     f"    setattr(shell, name, lambda *a, **k: None)\n{WRONG}", 0.0, "get_ipython")  # fmt: skip
code("patched built-ins", f"import builtins\nbuiltins.AssertionError = None\nbuiltins.compile = lambda *a: ''\n"
     f"builtins.exec = lambda *a: None\n{WRONG}", 0.0, "import builtins")  # fmt: skip
code("patched kernel", f"kernel = type(get_ipython().kernel)\nasync def passes(self, *args, **kwargs):\n"
     f"    return {{'status': 'ok', 'execution_count': 1, 'payload': [], 'user_expressions': {{'word': 1}}}}\n"
     f"kernel.do_execute = passes\n{WRONG}", 0.0, "get_ipython")  # fmt: skip
code("own numbers and seed", "numbers = {'values': [0, 0, 0], 'factor': 0}\ngrading_seed = 7\n"
     "def total(values):\n    return 0 if values == numbers['values'] else None", 0.0, "grading_seed")  # fmt: skip
code("equal to everything", "class Any(int):\n    def __eq__(self, other): return True\n"
     "def total(values):\n    return Any()")  # fmt: skip
code("answer read from the test's frame", "import sys\ndef total(values):\n"
     "    return sys._getframe(1).f_locals.get('case', 0) and sum(values)", 3.0, ".f_locals")  # fmt: skip


def hand_in_all(course):
    """Hand in every fault."""
    for entry in FAULTS:
        made = entry.make(course, entry.student, courses.solved(course, entry.student))
        if made is not None:
            courses.hand_in(course, entry.student, made)


def outcome(course, entry):
    """Return the observed outcome of a fault in words."""
    found = courses.record_of(course, entry.student)
    points = f"{found['points']:g} of {ALL:g} points" if "points" in found else found.get("status", "no record")
    return "; ".join([points, *(f"human: {reason}" for reason in found.get("reasons", [])), *found.get("notes", [])])


def as_foreseen(course, entry):
    """Tell whether a fault came out as the table says."""
    found = courses.record_of(course, entry.student)
    reasons, notes = "; ".join(found.get("reasons", [])), "; ".join(found.get("notes", []))
    return (
        found.get("points") == entry.points
        and bool(reasons) == bool(entry.reason)
        and re.search(entry.reason, reasons) is not None
        and re.search(entry.note, notes) is not None
    )


def main():
    """Grade all faults and print the table; return 1 if one came out otherwise than foreseen."""
    with tempfile.TemporaryDirectory() as folder:
        course = courses.make_course(Path(folder), [entry.student for entry in FAULTS])
        hand_in_all(course)
        grade = courses.command(course, "grade", "--jobs", "2")
        done = subprocess.run(grade, cwd=PROJECT, capture_output=True, text=True)
        print(done.stdout.splitlines()[0] if done.stdout else done.stderr)
        wrong = [entry for entry in FAULTS if not as_foreseen(course, entry)]
        for entry in FAULTS:
            print(f"{'NOT AS FORESEEN ' if entry in wrong else ''}{entry.name:<40} {outcome(course, entry)}")
        print(f"{len(FAULTS) - len(wrong)} of {len(FAULTS)} came out as foreseen")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
