"""Give each student their graded notebook as one HTML file that needs no network and runs no script."""

import argparse
import re
import sys
from pathlib import Path

import nbformat
import nbgrader
from nbconvert.exporters import HTMLExporter
from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbgrader.preprocessors import GetGrades
from traitlets.config import Config

from course.assemble import ROLE
from course.layout import ASSIGNMENTS, CourseError, open_course, write_whole
from course.plan import Assignment, read_record
from course.record import RUBRIC, resources_for, standing

FORMGRADER = Path(nbgrader.__file__).parent / "server_extensions" / "formgrader"
HIDDEN = re.compile(r"^[^\n]*BEGIN HIDDEN TESTS[^\n]*\n(.*?)^[^\n]*END HIDDEN TESTS[^\n]*$", re.MULTILINE | re.DOTALL)
IN_PLACE = "# further tests, not shown"
SHORTEST = 8  # characters of a hidden line that is looked for in outputs
ACTIVE = re.compile(r"<script\b.*?</script>|<link\b[^>]*>|@import[^;]*;", re.DOTALL | re.IGNORECASE)


def make_exporter():
    """Return nbgrader's exporter of feedback, which marks each answer with its points and comments."""
    config = Config()
    config.HTMLExporter.template_name = "feedback"
    config.HTMLExporter.extra_template_basedirs = [str(FORMGRADER / "templates")]
    styles = FORMGRADER / "static" / "node_modules" / "bootstrap" / "dist" / "css"
    config.HTMLExporter.extra_template_paths = [str(styles)]
    config.HTMLExporter.sanitize_html = True
    config.HTMLExporter.preprocessors = [GetGrades, CSSHTMLHeaderPreprocessor]
    return HTMLExporter(config=config)


def without_hidden(notebook):
    """Return the notebook without the source of hidden tests, wherever it was printed, and without rubrics."""
    notebook.cells = [cell for cell in notebook.cells if cell.metadata.get(ROLE) != RUBRIC]
    lines = set()
    for cell in notebook.cells:
        for hidden in HIDDEN.finditer(cell.source):
            lines.update(line.strip() for line in hidden[1].splitlines())
        cell.source = HIDDEN.sub(IN_PLACE, cell.source)
    lines = [line for line in lines if len(line) >= SHORTEST]
    for output in (output for cell in notebook.cells for output in cell.get("outputs", [])):
        _scrub(output, lines)
    return notebook


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


def page_of(course, name, student, exporter, hidden=False):
    """Return the feedback of one student as HTML."""
    notebook = nbformat.read(course.autograded(student, name), as_version=4)
    if not hidden:
        notebook = without_hidden(notebook)
    page, _ = exporter.from_notebook_node(notebook, resources=resources_for(course, name, student))
    return ACTIVE.sub("", page)


def write_feedback(course, name, hidden=False):
    """Write the feedback of all graded students; return them, and those who have none with the reason."""
    exporter, written, without = make_exporter(), [], {}
    graded = standing(course, name)
    for student in (student.id for student in Assignment(course, name).students):
        if student in graded and course.autograded(student, name).exists():
            path = course.root / "feedback" / student / name / f"{name}.html"
            write_whole(path, page_of(course, name, student, exporter, hidden))
            written.append(student)
        else:
            record = read_record(course, student, name)
            without[student] = "; ".join(record.get("reasons", [])) or "nothing was handed in"
    return written, without


def main(arguments=None):
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("assignment")
    parser.add_argument("--course", default="_course", help="the folder of the course")
    parser.add_argument("--assignments", type=Path, default=ASSIGNMENTS, help="the folder of the assignments' sources")
    parser.add_argument("--with-hidden-tests", action="store_true", help="show hidden tests and rubrics too")
    options = parser.parse_args(arguments)
    try:
        course = open_course(options.course, options.assignments)
        course.folder(options.assignment)
        written, without = write_feedback(course, options.assignment, options.with_hidden_tests)
    except CourseError as error:
        print(f"feedback: {error}", file=sys.stderr)
        return 2
    print(f"{len(written)} pages in {course.root / 'feedback'}")
    for student, reason in without.items():
        print(f"no page for {student}: {reason}")
    return 0
