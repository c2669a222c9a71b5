"""How the questions of a submission stand in the gradebook: points of tests and of a human, and what waits."""

import math
from typing import NamedTuple

from nbgrader.api import MissingEntry

from course.results.gradebook import open_gradebook
from course.results.rubric import in_words, question_of
from course.showing import short

LONGEST_POINTS = 40  # characters of what stands in the place of points


class Question(NamedTuple):
    """How a question of a submission stands: the points of tests and of a human, None where there are none."""

    automatic: float | None
    manual: float | None
    waits: bool  # whether a human has to look
    most: float
    extra: float = 0.0  # points on top, given by a human
    fault: str = ""  # what no grader can have given, in words; then no points count

    @property
    def score(self):
        """The points that count: a human's, else those of the tests; None if there are none yet."""
        if self.is_open:
            return None
        given = self.automatic if self.manual is None else self.manual
        return given if given is None and not self.extra else (given or 0) + self.extra

    @property
    def is_open(self):
        """Whether a human has yet to give points: those that stand there are for another answer, or for a part."""
        return self.waits and self.automatic is None

    @property
    def clashes(self):
        """Whether a human gave points to another answer than the one that the tests have seen."""
        return self.waits and self.automatic is not None and self.manual is not None


def faults_of(questions):
    """Return in words what the gradebook says of a submission that no grader can have given."""
    return [f"{name}: {question.fault}; set it right in the formgrader" for name, question in questions.items()
            if question.fault]  # fmt: skip


def total_of(questions):
    """Return the points of a submission, with what waits for a human at 0 as nbgrader has it."""
    return sum(question.score or 0 for question in questions.values())


def standing(course, name):
    """Return what the gradebook says of each submission: student → {question: Question}."""
    return _of_each(course, name, questions_of)


def _of_each(course, name, told):
    """Return what `told` makes of each submission, by student; nothing where the gradebook knows none."""
    if not course.gradebook.exists():
        return {}
    with open_gradebook(course) as gradebook:
        try:
            submissions = gradebook.find_assignment(name).submissions
        except MissingEntry:
            return {}
        return {submission.student_id: told(submission) for submission in submissions}


def questions_of(submission):
    """Return the Question of each grade, one for all items of a rubric."""
    parts = {}
    for grade in (grade for notebook in submission.notebooks for grade in notebook.grades):
        parts.setdefault(question_of(grade.name), []).append(_question(grade))
    return {name: _together(found) for name, found in parts.items()}


def _question(grade):
    """Return a grade as a Question; whatever writes the gradebook beside the formgrader may write any points."""
    most, given = grade.max_score, {"by tests": grade.auto_score, "by hand": grade.manual_score}
    faults = [f"{short(repr(points), LONGEST_POINTS)} points {by}, 0 to {most:g} are allowed"
              for by, points in given.items() if not _is_within(points, most)]  # fmt: skip
    if not _is_within(grade.extra_credit, math.inf):
        faults.append(f"{short(repr(grade.extra_credit), LONGEST_POINTS)} points on top, at least 0 are allowed")
    if faults:
        return Question(None, None, True, most, fault="; ".join(faults))
    return Question(grade.auto_score, grade.manual_score, bool(grade.needs_manual_grade), most,
                    grade.extra_credit or 0.0)  # fmt: skip


def _is_within(points, most):
    """Tell whether points are none, or a number that is not negative and not more than `most`."""
    return points is None or (isinstance(points, (int, float)) and math.isfinite(points) and 0 <= points <= most)


def _together(parts):
    """Return one Question for the items of a rubric; those without points count 0 once another one has some."""
    if faults := [part.fault for part in parts if part.fault]:
        return Question(None, None, True, sum(part.most for part in parts), fault="; ".join(faults))
    automatic = [part.automatic for part in parts if part.automatic is not None]
    by_hand = any(part.manual is not None for part in parts)
    given = [part.automatic or 0.0 if part.manual is None else part.manual for part in parts]
    return Question(
        sum(automatic) if automatic else None, sum(given) if by_hand else None, any(part.waits for part in parts),
        sum(part.most for part in parts), sum(part.extra for part in parts),
    )  # fmt: skip


def comments(course, name):
    """Return what humans wrote about each submission: student → {cell: comment}."""
    return _of_each(course, name, _comments)


def _comments(submission):
    written = (comment for notebook in submission.notebooks for comment in notebook.comments)
    return {in_words(one.name): words for one in written if (words := (one.manual_comment or "").strip())}
