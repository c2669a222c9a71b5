"""Say how a class did: scores, each question's difficulty and discrimination, usual mistakes, the time of grading."""

import base64
import html
import io
import re
import statistics
from collections import Counter
from dataclasses import dataclass

import matplotlib
import nbformat
from matplotlib.figure import Figure

from course.export import Grades, file_part
from course.layout import write_whole
from course.reading.merge import ROLE, TEST, marks
from course.results.report import report_page, table
from course.showing import say
from hdclib.figures import COLOURS

NUMBER = re.compile(r"-?\d+(\.\d+)?")
LEAST = 3  # submissions, for a correlation to say anything
MOST_HINTS = 5  # of a question
LONGEST_HINT = 300  # characters


@dataclass(frozen=True)
class Item:
    """How a question did: its points, the mean part of them that was reached, how it sorts, who was counted."""

    name: str
    most: float
    part: float | None  # 1: everybody has all points
    discrimination: float | None  # correlation with the points of all other questions
    count: int


def items(scores, most):
    """Return the Item of each question.

    Parameters
    ----------
    scores : list of dict
        For each submission: question → points; what waits for a human is left out.
    most : dict
        Question → most points.
    """
    return [_item(name, worth, scores) for name, worth in most.items()]


def _item(name, worth, scores):
    """Return the Item of one question."""
    pairs = [(own[name], sum(own.values()) - own[name]) for own in scores if name in own]
    reached = [score for score, _ in pairs]
    varied = len(pairs) >= LEAST and all(len(set(column)) > 1 for column in zip(*pairs, strict=True))
    sorts = statistics.correlation(*zip(*pairs, strict=True)) if varied else None
    return Item(name, worth, statistics.mean(reached) / worth if reached and worth else None, sorts, len(pairs))


def hints(notebooks):
    """Return what tests said to wrong answers: question → [(words, how many submissions)], the most frequent first.

    Words that differ by numbers only count as the same, for each student has numbers of their own.
    """
    found = {}
    for notebook in notebooks:
        for cell in notebook.cells:
            said = [output.evalue for output in cell.get("outputs", []) if output.output_type == "error"]
            if cell.metadata.get(ROLE) == TEST and said:
                words = NUMBER.sub("#", " ".join(said[0].split()))[:LONGEST_HINT] or "(no words)"
                found.setdefault(marks(cell)["grade_id"], Counter())[words] += 1
    return {name: counts.most_common(MOST_HINTS) for name, counts in found.items()}


class Class:
    """The submissions of an assignment, of all students or of a section."""

    def __init__(self, course, name, section=""):
        grades = Grades(course, name, section)
        chosen = [student.id for student in grades.students]
        graded = [student for student in chosen if student in grades.questions]
        self.name, self.section, self.most = name, section, grades.most
        self.students, self.totals = len(chosen), [grades.points[one] for one in graded if one in grades.points]
        self.waiting = sum(any(one.waits for one in grades.questions[student].values()) for student in graded)
        self.scores = [{question: one.score for question, one in grades.questions[student].items()
                        if not one.waits and one.score is not None} for student in graded]  # fmt: skip
        self.seconds = [found["seconds"] for student in graded if "seconds" in (found := grades.records[student])]
        paths = [course.autograded(student, name) for student in graded]
        self.hints = hints(nbformat.read(path, as_version=4) for path in paths if path.exists())


def plot_totals(totals, most):
    """Return a figure of how many submissions reached how many points."""
    figure = Figure(figsize=(7.2, 2.8), layout="constrained")
    axes = figure.subplots()
    axes.hist(totals, bins=10, range=(0, max([most, *totals])), color=COLOURS["tap"], edgecolor="white")
    axes.yaxis.set_major_locator(matplotlib.ticker.MaxNLocator(integer=True))
    axes.set(xlabel="points", ylabel="submissions")
    return figure


def plot_items(found):
    """Return a figure of the part of the points that was reached, and of the discrimination of each question."""
    figure = Figure(figsize=(7.2, 0.9 + 0.34 * len(found)), layout="constrained")
    axes = figure.subplots()
    names = [item.name for item in found]
    axes.barh(names, [item.part or 0 for item in found], color=COLOURS["tap"], label="part of the points reached")
    sorting = [item for item in found if item.discrimination is not None]
    axes.plot([item.discrimination for item in sorting], [item.name for item in sorting], "D", color=COLOURS["hole"],
              markeredgecolor="white", markersize=8, label="discrimination")  # fmt: skip
    axes.set(xlim=(min([0, *(item.discrimination for item in sorting)]) - 0.02, 1.02))
    axes.invert_yaxis()
    figure.legend(loc="outside upper left", ncols=2, frameon=False)
    return figure


def _image(figure, words):
    """Return a figure as an element of a page; the words are for those who do not see it."""
    stream = io.BytesIO()
    figure.savefig(stream, format="png", dpi=144)
    content = base64.b64encode(stream.getvalue()).decode()
    return f'<img alt="{html.escape(words)}" src="data:image/png;base64,{content}">'


def page_of(group):
    """Return the page about a Class."""
    found, most = items(group.scores, group.most), sum(group.most.values())
    title = f"{group.name}{f', section {group.section}' if group.section else ''}: how the class did"
    parts = [f"<p>{len(group.totals)} of {group.students} students have points; {group.waiting} submissions wait for a "
             f"human, and those questions are left out below.</p>"]  # fmt: skip
    if group.totals:
        spread = f"from {min(group.totals):g} to {max(group.totals):g}, median {statistics.median(group.totals):g}"
        parts += [f"<h2>Points</h2><p>Of {most:g}: {spread}.</p>",
                  _image(plot_totals(group.totals, most), f"Histogram of points: {spread}."), "<h2>Questions</h2>",
                  "<p>Reached: the mean part of a question's points; the less, the harder. Discrimination: the "
                  "correlation with the points of all other questions. Near 0 the question does not tell who knows the "
                  "rest from who does not; below 0 look at the question itself.</p>",
                  _image(plot_items(found), "Part reached and discrimination of each question, as in the table."),
                  table(["question", "points", "reached", "discrimination", "counted"], map(_row, found))]  # fmt: skip
    if group.hints:
        rows = [(name, words, count) for name, told in group.hints.items() for words, count in told]
        parts += ["<h2>Usual mistakes</h2><p>What the tests said, with # for numbers.</p>",
                  table(["question", "hint", "submissions"], rows)]  # fmt: skip
    if group.seconds:
        parts.append(f"<h2>Time of grading</h2><p>{sum(group.seconds):.0f} s in all, median "
                     f"{statistics.median(group.seconds):.1f} s, most {max(group.seconds):.1f} s.</p>")  # fmt: skip
    return report_page(title, "\n".join(parts))


def _row(item):
    """Return the row of a question."""
    part = "–" if item.part is None else f"{100 * item.part:.0f} %"
    sorts = "–" if item.discrimination is None else f"{item.discrimination:.2f}"
    return item.name, f"{item.most:g}", part, sorts, item.count


def run(course, options):
    """Write the page about an assignment."""
    group = Class(course, options.assignment, options.section)
    path = course.root / "statistics" / f"{options.assignment}{file_part(options.section)}.html"
    write_whole(path, page_of(group))
    say(path)
    return 0
