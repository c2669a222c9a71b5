"""What a run of grading ends with: who needs a human and why, and what it cost."""

from course.plan import Assignment, read_record
from course.record import standing


def summary(course, name, graded, seconds):
    """Return the text of the summary, and whether nothing needs a human.

    Written answers that wait to be read are counted but do not count as trouble.
    """
    assignment = Assignment(course, name)
    records = {student.id: read_record(course, student.id, name) for student in assignment.students}
    lines = [_cost(name, graded, seconds)]
    counts = {status: sum(found.get("status") == status for found in records.values()) for status in
              ("graded", "rejected", "failed")}  # fmt: skip
    absent = [student for student, found in records.items() if not found]
    lines.append(f"{counts['graded']} graded, {counts['rejected']} rejected, {counts['failed']} failed, "
                 f"{len(absent)} not handed in")  # fmt: skip
    if absent:
        lines.append(f"not handed in: {', '.join(absent)}")
    lines += [f"  noted: {student}: {note}" for student, found in records.items() for note in found.get("notes", [])]
    trouble = {student: found for student, found in records.items() if found.get("reasons")}
    if trouble:
        lines.append(f"need a human: {len(trouble)}")
    for student, found in trouble.items():
        lines.append(f"  {student} ({_score(found)}): {'; '.join(found['reasons'])}")
    waiting = sum(any(waits for _, _, waits, _ in grades.values()) for grades in standing(course, name).values())
    if waiting:
        lines.append(f"written answers wait in {waiting} submissions: make formgrader")
    return "\n".join(lines), not trouble


def _score(found):
    """Return the points of a record in words."""
    return f"{found['points']:g} points" if "points" in found else found["status"]


def _cost(name, graded, seconds):
    """Return how long grading took, for each submission too."""
    if not graded:
        return f"{name}: nothing new to grade"
    return f"{name}: {graded} submissions in {seconds:.1f} s, {seconds / graded:.2f} s each"
