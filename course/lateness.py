"""How late a submission is and what that costs, by the rule that course.toml sets for an assignment."""

import datetime
import math
from dataclasses import dataclass, field, fields

from course.layout import CourseError
from course.receipts import holder, read_receipt
from course.results.names import CANVAS

DAY = 86_400  # seconds


@dataclass(frozen=True)
class Rule:
    """What ``[assignments.NAME]`` of course.toml says; times without a zone are this machine's."""

    due: datetime.datetime | None = None
    grace_minutes: float = 0
    penalty_percent: float = 0  # of the points reached, for each day begun
    most_penalty_percent: float = 100
    missing_is_zero: bool = False
    extended: dict = field(default_factory=dict)  # student → another time
    late_hours: dict = field(default_factory=dict)  # student → hours after the time, where no platform tells


@dataclass(frozen=True)
class Lateness:
    """How late a submission is: days begun, None if that is not known; and the part of its points that it costs."""

    days: int | None
    part: float = 0.0
    is_marked: bool = False  # whether the platform says that it was late

    @property
    def words(self):
        """The lateness as tables show it."""
        if self.days is None:
            return "late, by how much is not known" if self.is_marked else "when it was handed in is not known"
        cost = f", -{100 * self.part:g} %" if self.part else ""
        return f"late: {self.days} day{'s' if self.days > 1 else ''}{cost}" if self.days else ""

    def penalty(self, points):
        """Return the points that the lateness costs, to a hundredth."""
        return round(self.part * points, 2)


def read_rule(course, name):
    """Return the Rule of an assignment.

    Raises
    ------
    CourseError
        If course.toml says what makes no rule; it names the key, the value and what is allowed.
    """
    table, known = course.rules.get(name, {}), {one.name: one for one in fields(Rule)}
    for key, value in table.items():
        if key not in known:
            raise _wrong(name, key, value, f"keys are {', '.join(known)}")
        if key in ("grace_minutes", "penalty_percent", "most_penalty_percent") and not _is_amount(value):
            raise _wrong(name, key, value, "a number of at least 0 is allowed")
        if key == "missing_is_zero" and not isinstance(value, bool):
            raise _wrong(name, key, value, "true and false are allowed")
        if key in ("extended", "late_hours") and not isinstance(value, dict):
            raise _wrong(name, key, value, "a table of students is allowed")
    for key, value in {"due": table.get("due"), **table.get("extended", {})}.items():
        if value is not None and not isinstance(value, datetime.datetime):
            raise _wrong(name, key, value, "a time such as 2026-05-04T23:59:00 is allowed")
    for key, value in table.get("late_hours", {}).items():
        if not _is_amount(value):
            raise _wrong(name, key, value, "a number of hours is allowed")
    return Rule(**table)


def _wrong(name, key, value, allowed):
    return CourseError(f"course.toml, [assignments.{name}]: {key} = {value!r}; {allowed}")


def _is_amount(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool) and value >= 0


def lateness(rule, student, receipt):
    """Return the Lateness of a submission.

    Parameters
    ----------
    rule : Rule
    student : str
        Who handed it in.
    receipt : dict
        As collecting wrote it: ``handed_in`` is a time in seconds, where the download tells it, and ``late`` Canvas's
        mark.
    """
    if student in rule.late_hours:
        return _after(rule, rule.late_hours[student] * 3600)
    due, handed_in = rule.extended.get(student, rule.due), receipt.get("handed_in")
    if due and handed_in is not None:
        return _after(rule, handed_in - due.timestamp() - 60 * rule.grace_minutes)
    if receipt.get("late"):
        return Lateness(None, is_marked=True)
    is_told = handed_in is not None or receipt.get("platform") == CANVAS.platform
    return Lateness(0 if is_told or not due else None)


def _after(rule, seconds):
    """Return the Lateness of a submission that came so many seconds after the time."""
    days = max(0, math.ceil(seconds / DAY))
    return Lateness(days, min(days * rule.penalty_percent, rule.most_penalty_percent, 100) / 100)


def is_missing(rule, student, now):
    """Tell whether a student who has handed in nothing by the time `now` gets 0 points for that."""
    due = rule.extended.get(student, rule.due)
    return rule.missing_is_zero and (due is None or now > due.timestamp() + 60 * rule.grace_minutes)


class Latenesses:
    """The lateness of each submission of an assignment, and who has to be asked for it."""

    def __init__(self, course, name, students):
        self.rule = read_rule(course, name)
        held = {student.id: holder(course, student.id, name) for student in students}
        receipts = {other: read_receipt(course, other, name) for other in set(held.values())}
        there = {other for other in receipts if receipts[other] or course.submitted(other, name).exists()}
        self.of = {student: lateness(self.rule, other, receipts[other]) for student, other in held.items()
                   if other in there or other in self.rule.late_hours}  # fmt: skip

    def unknown(self):
        """Return the students whose lateness is not known though it costs points."""
        costs = self.rule.penalty_percent > 0
        return [student for student, found in self.of.items() if costs and found.days is None]
