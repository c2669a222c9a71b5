"""Grade all submissions of an assignment: each in a sandbox, several at once, and go on where the last run stopped."""

import contextlib
import fcntl
import signal
import time

from tqdm import tqdm

from course.attention import reasons_of, unseen
from course.guard import Broken, Guard
from course.lateness import Latenesses
from course.layout import CourseError
from course.plan import Assignment, plan
from course.receipts import holder
from course.results import gradebook
from course.results.records import keep, read_record
from course.results.standing import standing
from course.running import sandbox, shards
from course.running.session import sweep
from course.showing import say


@contextlib.contextmanager
def alone(course):
    """Keep a second run out of the course while this one goes on."""
    course.root.mkdir(parents=True, exist_ok=True)
    with open(course.root / ".grading", "w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CourseError(f"another run is grading in {course.root}: wait for its end") from None
        yield


def grade(course, name, jobs, scheduler=None, boxed=True, again=False):
    """Grade what has to be graded and record it.

    Returns
    -------
    count : int
        Submissions graded in this run.
    seconds : float
        Time that it took.
    """
    start = time.perf_counter()
    assignment = Assignment(course, name)
    sweep()
    gradebook.refuse_locked(course)
    gradebook.back_up(course)
    gradebook.register(course, name, assignment.source)
    with Guard(assignment) as guard:
        waiting = _waiting(guard, assignment, again)
        todo = [planned.job for planned in waiting.values()]
        outcomes = _outcomes(todo, course.limits, boxed, jobs, scheduler)
        with _ctrl_c() as pressed, contextlib.closing(outcomes):  # so that no process outlives an error
            for outcome in tqdm(outcomes, desc=name, total=len(todo), unit="submission"):
                finish(guard, assignment, waiting[outcome["student"]], outcome)
                if pressed:
                    raise KeyboardInterrupt
    return len(todo), time.perf_counter() - start


def _waiting(guard, assignment, again):
    """Return what has to be run, student → Planned; what cannot be is recorded as rejected."""
    waiting = {}
    for planned in plan(guard, assignment, again):
        if planned.job is None:
            _keep_without_points(assignment, planned, "rejected")
        else:
            waiting[planned.student.id] = planned
    return waiting


def _keep_without_points(assignment, planned, status):
    """Record a submission that got no points, and say so if there are some of an earlier one."""
    course, name = assignment.course, assignment.name
    if course.autograded(planned.student.id, name).exists():
        planned.reasons.append("the points are those of the submission before")
    keep(course, name, planned, {"status": status})


@contextlib.contextmanager
def _ctrl_c():
    """Yield a list that is empty until Ctrl-C is pressed: Python drops the exception if it falls into a destructor."""
    pressed, before = [], signal.getsignal(signal.SIGINT)

    def press(number, frame):
        pressed.append(number)
        raise KeyboardInterrupt

    if before is not signal.SIG_IGN:  # as for a command in the background
        signal.signal(signal.SIGINT, press)
    try:
        yield pressed
    finally:
        signal.signal(signal.SIGINT, before)


def _outcomes(todo, limits, boxed, jobs, scheduler):
    """Return a generator of the outcomes of the jobs."""
    if not todo:
        return (outcome for outcome in ())
    if scheduler:
        return shards.on_cluster(todo, limits, boxed, scheduler)
    return shards.here(todo, limits, boxed, jobs)


def finish(guard, assignment, planned, outcome):
    """Record the outcome of one submission."""
    course, name = assignment.course, assignment.name
    planned.reasons += outcome["reasons"]
    if outcome["notebook"] is None:
        _keep_without_points(assignment, planned, "failed")
        return
    try:
        points = guard.run(_save, planned.student, outcome["notebook"])
    except Broken as error:
        planned.reasons.append(f"it could not be recorded: {error}")
        _keep_without_points(assignment, planned, "failed")
        return
    keep(course, name, planned, {"status": "graded", "points": points, "seconds": round(outcome["seconds"], 2)})


def _save(assignment, student, text):
    """Write a graded notebook into the gradebook; return its points."""
    return gradebook.save(assignment.course, assignment.name, student, text)


def summary(course, name, graded, seconds):
    """Return the text of the summary, and whether nothing needs a human.

    Written answers that wait to be read are counted but do not count as trouble.
    """
    assignment, standings = Assignment(course, name), standing(course, name)
    own = [student for student in assignment.students if holder(course, student.id, name) == student.id]
    records = {student.id: read_record(course, student.id, name) for student in own}
    reasons = {student.id: reasons_of(assignment, student, records[student.id], standings.get(student.id, {}))
               for student in own}  # fmt: skip
    trouble = {student.id: words for student in own if (words := unseen(assignment, student, reasons[student.id]))}
    lines = [_cost(name, graded, seconds), *_counts(records)]
    late = Latenesses(course, name, own)
    if words := [f"{student} ({found.days} d)" for student, found in late.of.items() if found.days]:
        lines.append(f"late: {', '.join(words)}")
    if marked := [student for student, found in late.of.items() if found.is_marked]:
        lines.append(f"late, by how much is not known: {', '.join(marked)}")
    lines += [f"  noted: {student}: {note}" for student, found in records.items() for note in found.get("notes", [])]
    waiting = sum(any(question.waits for question in found.values()) for found in standings.values())
    if waiting:
        lines.append(f"written answers wait in {waiting} submissions: make formgrader")
    if seen := [student for student, words in reasons.items() if words and student not in trouble]:
        lines.append(f"seen by a human: {', '.join(seen)}")
    if trouble:
        lines.append(f"need a human: {len(trouble)}")
    lines += [f"  {student} ({_score(records[student])}): {'; '.join(words)}" for student, words in trouble.items()]
    return "\n".join(lines), not trouble


def _counts(records):
    """Return lines about how many submissions stand how, and who handed in nothing."""
    counts = {status: sum(found.get("status") == status for found in records.values()) for status in
              ("graded", "rejected", "failed")}  # fmt: skip
    absent = [student for student, found in records.items() if not found]
    words = ", ".join(f"{count} {status}" for status, count in counts.items())
    return [f"{words}, {len(absent)} not handed in", *([f"not handed in: {', '.join(absent)}"] if absent else [])]


def _score(found):
    """Return the points of a record in words."""
    return f"{found['points']:g} points" if "points" in found else found.get("status", "not graded")


def _cost(name, graded, seconds):
    """Return how long grading took, for each submission too."""
    if not graded:
        return f"{name}: nothing new to grade"
    return f"{name}: {graded} submissions in {seconds:.1f} s, {seconds / graded:.2f} s each"


def run(course, options):
    """Grade the submissions of one assignment and print the summary."""
    if options.boxed and not options.scheduler and (reason := sandbox.reason_against(course.limits)):
        raise CourseError(sandbox.ADVICE.format(reason=reason))
    with alone(course):
        graded = grade(course, options.assignment, options.jobs, options.scheduler, options.boxed, options.again)
        text, in_order = summary(course, options.assignment, *graded)
    say(text)
    return 0 if in_order else 1
