"""Write the grades of an assignment as tables: totals, each question, and what Canvas and Moodle import."""

import csv
import io
import re
import time

from course.attention import reasons_of
from course.lateness import Latenesses, is_missing
from course.layout import CourseError, write_whole
from course.plan import Assignment
from course.reading.merge import marks
from course.receipts import holder
from course.results import lms
from course.results.records import read_record
from course.results.standing import comments, faults_of, standing, total_of
from course.showing import plain_cell, say

TOTALS = ["id", "last_name", "first_name", "email", "section", "status", "late", "points", "most", "automatic",
          "manual", "waits_for_a_human", "remarks"]  # fmt: skip
QUESTIONS = ["id", "last_name", "first_name", "status"]


def status_of(found, questions, irregular=""):
    """Return in words how a submission stands."""
    if not found:
        status = "not handed in" if not questions else "graded"
    else:
        earlier = questions and found["status"] != "graded"
        status = f"{found['status']} after graded" if earlier else found["status"]
    return f"{status}; {irregular}" if irregular else status


def of_section(students, section):
    """Return the students of a section, all if it is empty."""
    chosen = [student for student in students if not section or student.section == section]
    if section and not chosen:
        known = sorted({student.section for student in students if student.section})
        raise CourseError(f"--section must be one of {', '.join(known) or 'none'}, got {section!r}")
    return chosen


def file_part(section):
    """Return what the names of files about a section end with."""
    return "-" + re.sub(r"\W+", "-", section) if section else ""


class Grades:
    """The grades of an assignment as they stand, and the tables made of them; a group's stand for each member.

    Parameters
    ----------
    course : Course
    name : str
        The assignment's.
    section : str, optional
        Of the roster; then no others are counted.
    """

    def __init__(self, course, name, section=""):
        self.course, self.name = course, name
        assignment = Assignment(course, name)
        self.students = of_section(assignment.students, section)
        held = {student.id: holder(course, student.id, name) for student in self.students}
        found, told = standing(course, name), comments(course, name)
        self.comments = {student: told.get(other, {}) for student, other in held.items()}
        self.questions = {student: found[other] for student, other in held.items() if other in found}
        self.records = {student: read_record(course, other, name) for student, other in held.items()}
        self.lateness = Latenesses(course, name, self.students)
        self.irregular = {student.id: assignment.irregular(student) for student in self.students}
        self.reasons = {student.id: reasons_of(assignment, student, self.records[student.id],
                                               self.questions.get(student.id, {}))
                        for student in self.students}  # fmt: skip
        graded = [marks(cell) for cell in assignment.source.cells if marks(cell).get("grade")]
        self.most = {found["grade_id"]: found["points"] for found in graded}
        self.ungraded = {student for student, other in held.items()
                         if not self.records[student] and course.submitted(other, name).exists()}  # fmt: skip
        absent = {student for student, found in self.records.items() if not found} - {*self.questions, *self.ungraded}
        missing = [student for student in absent if is_missing(self.lateness.rule, student, time.time())]
        self.faulty = [student for student, found in self.questions.items() if faults_of(found)]
        totals = {student: total_of(found) for student, found in self.questions.items() if student not in self.faulty}
        self.points = {student: total - self.penalty(student, total) for student, total in totals.items()}
        self.points.update(dict.fromkeys(missing, 0.0))

    def penalty(self, student, total):
        """Return the points that lateness costs a student."""
        found = self.lateness.of.get(student)
        return found.penalty(total) if found else 0.0

    def total_rows(self):
        """Yield a row for each student: how the submission stands, and its points."""
        yield TOTALS
        for student in self.students:
            found = self.questions.get(student.id, {})
            parts = [[part or 0 for part in pair] for pair in _parts(found)]
            waits = [name for name, question in found.items() if question.waits]
            yield [
                *self._who(student), student.email, student.section, self._status(student),
                self._late(student.id),
                _shown(self.points.get(student.id)), _shown(sum(self.most.values())),
                *(_shown(sum(part)) if found else "" for part in (zip(*parts, strict=True) if parts else ((), ()))),
                " ".join(waits), "; ".join(self._said(student)),
            ]  # fmt: skip

    def question_rows(self):
        """Yield a row for each student: the points of each question, empty where a human has to look first."""
        names = list(self.most)
        yield [*QUESTIONS, *names]
        yield ["", "", "", "most", *(_shown(self.most[name]) for name in names)]
        for student in self.students:
            found = self.questions.get(student.id, {})
            scores = [found[name].score if name in found and not found[name].waits else None for name in names]
            yield [
                *self._who(student),
                self._status(student),
                *map(_shown, scores),
            ]

    def canvas_rows(self, column):
        """Yield the rows that Canvas imports."""
        yield from lms.canvas_rows(self.students, self.points, sum(self.most.values()), column)

    def moodle_rows(self, column):
        """Yield the rows that Moodle imports."""
        told = {student: "; ".join(f"{cell}: {' '.join(words.split())}" for cell, words in found.items())
                for student, found in self.comments.items()}  # fmt: skip
        yield from lms.moodle_rows(self.students, self.points, told, column)

    def _status(self, student):
        found = self.questions.get(student.id, {})
        status = status_of(self.records[student.id], found, self.irregular[student.id])
        return status.replace("not handed in", "not graded yet") if student.id in self.ungraded else status

    def _said(self, student):
        return self.reasons[student.id] + self.records[student.id].get("notes", [])

    def _late(self, student):
        """Return in words how late a student was; nothing where neither a platform nor the teacher says so."""
        found, unknown = self.lateness.of.get(student), self.lateness.unknown()
        return found.words if found and (found.days or found.is_marked or student in unknown) else ""

    @staticmethod
    def _who(student):
        return [student.id, student.last_name, student.first_name]


def _parts(questions):
    """Return (points of tests, points of humans) of each question that has some; a human's go before."""
    return [(one.automatic, one.extra) if one.manual is None else (0, one.manual + one.extra)
            for one in questions.values() if not one.is_open]  # fmt: skip


def _shown(value):
    return "" if value is None else f"{value:.10g}"


def as_csv(rows):
    """Return rows as the text of a CSV file; a cell that a spreadsheet would run as a formula is quoted."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([plain_cell(cell) for cell in row] for row in rows)
    return text.getvalue()


def export(course, name, column, section=""):
    """Write the four tables of an assignment, of all students or of a section; return their paths."""
    grades, folder, end = Grades(course, name, section), course.root / "grades", file_part(section)
    tables = {
        f"{name}{end}.csv": grades.total_rows(),
        f"{name}-questions{end}.csv": grades.question_rows(),
        f"{name}-canvas{end}.csv": grades.canvas_rows(column),
        f"{name}-moodle{end}.csv": grades.moodle_rows(column),
    }
    for file, rows in tables.items():
        write_whole(folder / file, as_csv(rows))
    return [folder / file for file in tables]


def run(course, options):
    """Write the four tables of an assignment."""
    for path in export(course, options.assignment, options.column or options.assignment, options.section):
        say(path)
    grades = Grades(course, options.assignment, options.section)
    if grades.faulty:
        say(f"no points, for those in the gradebook are none that can be given: {', '.join(grades.faulty)}")
    if unknown := grades.lateness.unknown():
        say(f"no penalty, for it is not known whether they were late, or how late: {', '.join(unknown)}")
        say(f"say so in course.toml, [assignments.{options.assignment}.late_hours]")
    return 0
