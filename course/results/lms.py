"""The columns of the tables of grades that learning platforms import."""

from course.showing import Exact


def canvas_rows(students, points, most, column):
    """Return the rows of a table that Canvas imports: one column for the assignment, under it the points possible."""
    yield ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", column]
    yield ["    Points Possible", "", "", "", "", _number(most)]
    for student in students:
        name = f"{student.last_name}, {student.first_name}" if student.last_name else student.id
        who = [*map(Exact, (student.lms_id, student.sis_id, student.username)), student.section]
        yield [name, *who, _number(points.get(student.id))]


def moodle_rows(students, points, comments, column):
    """Return the rows of a table that Moodle imports: who, the grade, and what the teacher wrote to the student."""
    yield ["First name", "Last name", "Username", "ID number", "Email address", column, f"{column} (feedback)"]
    for student in students:
        who = [student.first_name, student.last_name]
        who += map(Exact, (student.username, student.id_number, student.email))
        yield [*who, _number(points.get(student.id)), comments.get(student.id, "")]


def _number(value):
    """Return a number in its shortest form, an empty cell for None: the platform then leaves what it has."""
    return "" if value is None else f"{value:.10g}"
