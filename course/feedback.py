"""Give each student their graded notebook as one HTML file that needs no network and runs no script."""

import html
import re
from functools import cache

import nbformat
from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from traitlets.config import Config

from course.guard import Broken, Guard
from course.lateness import Latenesses
from course.layout import CourseError, write_whole
from course.plan import Assignment
from course.reading.merge import ROLE, TEST
from course.receipts import holder, read_receipt
from course.results.archives import canvas_name, moodle_name, write_archive
from course.results.gradebook import keep_penalties, resources_for
from course.results.pages import FORMGRADER, HarmlessExporter, page_policy
from course.results.points import CountedGrades
from course.results.records import read_record
from course.results.rubric import RUBRIC
from course.results.standing import faults_of, standing, total_of
from course.showing import say, visible

IN_PLACE = "# further tests, not shown"
SHORTEST = 8  # characters of a hidden line that is looked for in outputs
CLOSED = f'<meta http-equiv="Content-Security-Policy" content="{page_policy()}"/>'
ACTIVE = re.compile(r"<script\b.*?</script>|<link\b[^>]*>|@import[^;]*;", re.DOTALL | re.IGNORECASE)


@cache
def make_exporter():
    """Return an exporter with nbgrader's layout of feedback, which marks each answer with its points and comments."""
    config = Config()
    config.HarmlessExporter.template_name = "feedback"
    config.HarmlessExporter.extra_template_basedirs = [str(FORMGRADER / "templates")]
    styles = FORMGRADER / "static" / "node_modules" / "bootstrap" / "dist" / "css"
    config.HarmlessExporter.extra_template_paths = [str(styles)]
    config.HarmlessExporter.preprocessors = [CountedGrades, CSSHTMLHeaderPreprocessor]
    return HarmlessExporter(config=config)


def without_hidden(notebook):
    """Return the notebook without the source of hidden tests, wherever it was printed, and without rubrics."""
    notebook.cells = [cell for cell in notebook.cells if cell.metadata.get(ROLE) != RUBRIC]
    hidden = set()
    for cell in notebook.cells:
        if cell.metadata.get(ROLE) == TEST:
            cell.source = _cut(cell.source, hidden)
    lines = [line for line in hidden if len(line) >= SHORTEST]
    for output in (output for cell in notebook.cells for output in cell.get("outputs", [])):
        _scrub(output, lines)
    return notebook


def _cut(source, hidden):
    """Return a test's source without its hidden lines, which are added to the set `hidden`."""
    kept, inside = [], False
    for line in source.split("\n"):
        if "BEGIN HIDDEN TESTS" in line:
            kept, inside = [*kept, IN_PLACE], True
        elif "END HIDDEN TESTS" in line:
            inside = False
        elif inside:
            hidden.add(line.strip())
        else:
            kept.append(line)
    return "\n".join(kept)


def _scrub(output, lines):
    """Take lines out of the text of an output."""

    def clean(text):
        return "\n".join(IN_PLACE if any(line in part for line in lines) else part for part in text.split("\n"))

    if output.output_type == "stream":
        output.text = clean(output.text)
    elif output.output_type == "error":
        output.traceback = [clean(part) for part in output.traceback]
    elif "text/plain" in output.get("data", {}):
        output.data["text/plain"] = clean(output.data["text/plain"])


def page_of(assignment, student, hidden=False):
    """Return the feedback on what one student handed in as HTML."""
    course, name = assignment.course, assignment.name
    notebook = nbformat.read(course.autograded(student, name), as_version=4)
    if not hidden:
        notebook = without_hidden(notebook)
    page, _ = make_exporter().from_notebook_node(notebook, resources=resources_for(course, name, student))
    return ACTIVE.sub("", page).replace("<head>", f"<head>\n{CLOSED}", 1)


def with_name(page, student):
    """Return a page with a student's name in its title and above its points."""
    words = f"{student.full_name} ({student.id})" if student.full_name else student.id
    words = html.escape(visible(words))
    return page.replace("<title>", f"<title>{words}: ", 1).replace("<h4>", f"<h4>{words}: ", 1)


def write_feedback(course, name, hidden=False, only=()):
    """Write the feedback of all graded students, or of some; return them, and those who have none with the reason."""
    written, without, assignment = [], {}, Assignment(course, name)
    graded = standing(course, name)
    keep_penalties(course, name, penalties(assignment, graded))
    with Guard(assignment) as guard:
        for student in (one for one in assignment.students if not only or one.id in only):
            first = holder(course, student.id, name)
            if first not in graded or not course.autograded(first, name).exists():
                record = read_record(course, first, name)
                without[student.id] = "; ".join(record.get("reasons", [])) or "nothing was handed in"
                continue
            if faults := faults_of(graded[first]):
                without[student.id] = "; ".join(faults)
                continue
            try:
                page = guard.run(page_of, first, hidden)
            except Broken as error:
                without[student.id] = f"the page could not be made: {error}"
                continue
            write_whole(page_path(course, student.id, name), with_name(page, student))
            written.append(student.id)
    return written, without


def penalties(assignment, graded):
    """Return the points that lateness costs each of the graded submissions."""
    late = Latenesses(assignment.course, assignment.name, assignment.students).of
    return {student: late[student].penalty(total_of(found)) if student in late else 0.0
            for student, found in graded.items()}  # fmt: skip


def page_path(course, student, name):
    """Return where a student's page is."""
    return course.root / "feedback" / student / name / f"{name}.html"


def write_archives(course, name):
    """Write the archives that Moodle and Canvas take back, of all pages that there are.

    Returns
    -------
    archives : dict of Path to list of str
        Path → ids of those who have a page and are not in it; without an archive there is no entry.
    """
    students = [one for one in Assignment(course, name).students if page_path(course, one.id, name).exists()]
    receipts = {one.id: read_receipt(course, holder(course, one.id, name), name) for one in students}
    pages = {one.id: page_path(course, one.id, name) for one in students}
    own = {one.id: read_receipt(course, one.id, name) for one in students}  # a group's page goes back to one of them
    names = {"moodle": {one.id: moodle_name(one, receipts[one.id], f"{name}.html") for one in students},
             "canvas": {student: canvas_name(receipt, "html") for student, receipt in own.items()}}  # fmt: skip
    made = {}
    for platform, known in names.items():
        path = course.root / "feedback" / f"{name}-{platform}.zip"
        if write_archive(path, {place: pages[student] for student, place in known.items() if place}):
            made[path] = [student for student, place in known.items() if not place]
    return made


def run(course, options):
    """Write a page for each graded student, and the archives of all pages."""
    if unknown := set(options.student) - {one.id for one in Assignment(course, options.assignment).students}:
        raise CourseError(f"--student must be an id on the roster, got {', '.join(sorted(unknown))}")
    written, without = write_feedback(course, options.assignment, options.with_hidden_tests, options.student)
    print(f"{len(written)} pages in {course.root / 'feedback'}")
    for student, reason in without.items():
        say(f"no page for {student}: {reason}")
    for path, left_out in write_archives(course, options.assignment).items():
        say(f"to upload: {path}{', without ' if left_out else ''}{', '.join(left_out)}")
    return 0
