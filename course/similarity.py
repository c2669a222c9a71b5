"""Show which students' code is alike and why: a reason to look for whoever teaches, and never a verdict."""

import html
import math
import re

from course.guard import Broken, Guard
from course.layout import CourseError, write_whole
from course.plan import Assignment, read_answers
from course.reading.merge import as_cells
from course.reading.preflight import Rejected
from course.receipts import holder
from course.results.alike import LENGTH, LONGEST, WINDOW, Class, lines_of, read_code
from course.results.report import report_page, table
from course.showing import say, short, visible

FEWEST, SHARE = 4, 0.1  # students whom a passage may have in common and still counts, the larger of it and a share
MOST_PAIRS, MOST_WORDS = 60, 12  # that the page shows, and names and comments of a pair
LONGEST_NAME = 40  # characters of a function's name
MOST_LINES, LONGEST_LINE = 40, 160  # of a cell, and characters
BLANKS = re.compile(r"\s{25,}")  # more than a line of code needs push the rest of it out of sight
STYLE = """
.both { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0.5rem; }
h2 { margin: 2.5rem 0 0.5rem; font-size: 1.2rem; }
.both pre { margin: 0; padding: 0.5rem; border: 1px solid var(--line); overflow-x: auto; font-size: 0.8rem; }
.both h3 { margin: 0.5rem 0 0; font-size: 1rem; } mark { background: var(--mark); color: inherit; font-weight: bold; }
@media (max-width: 45rem) { .both { grid-template-columns: minmax(0, 1fr); } }
"""


def code_of(assignment, student):
    """Return the Code that a student handed in: what grading runs of it, the answers first."""
    found = read_answers(assignment, student, assignment.course.submitted(student.id, assignment.name))
    own = sorted(found.own_code().items(), key=lambda cell: isinstance(cell[0], int))
    cells = [(f"cell {name}" if isinstance(name, int) else name, text) for name, text in own]
    added = [cell for (name, _), (cell, _) in zip(own, cells, strict=True) if isinstance(name, int)]
    return read_code(student.id, cells, _lines(as_cells(assignment.public_release)), added)


def _lines(given):
    """Return the lines of the handout, which count for nobody."""
    return {line.strip() for cell in given for line in lines_of(cell.text)}


def read_class(assignment):
    """Return the Codes of all who handed in, once for a group, and those that cannot be read with the reason."""
    course, name, codes, unread = assignment.course, assignment.name, [], {}
    with Guard(assignment) as guard:
        for student in assignment.students:
            if holder(course, student.id, name) != student.id or not course.submitted(student.id, name).exists():
                continue
            try:
                codes.append(guard.run(code_of, student))
            except (Broken, Rejected) as error:
                unread[student.id] = str(error)
    return codes, unread


def compare(assignment, codes, threshold, shared):
    """Return the Pairs of an assignment's codes of whom one has `threshold` percent of the other's code."""
    given = as_cells(assignment.public_release)
    code = [("", cell.text) for cell in given if cell.kind == "code"]
    solution = [("", cell.text) for cell in as_cells(assignment.source) if cell.kind == "code"]
    known = Class(codes, read_code("", code, set()), read_code("", solution, _lines(given)), shared)
    return known.pairs(threshold / 100)


def most_shared(count):
    """Return in how many of so many submissions a passage may stand and still counts."""
    return max(FEWEST, math.ceil(SHARE * count))


def reasons(pair, codes):
    """Return in words why a pair is told."""
    first, second = pair.students
    parts = [f"{100 * part:.0f} % of {own}'s code" for part, own in zip(pair.parts, pair.students, strict=True)]
    lines = " and ".join(str(len(found)) for found in pair.lines)
    told = [f"{parts[0]} and {parts[1]} is alike ({lines} lines)",
            f"in {', '.join(_where(codes[first], cell) for cell, _ in pair.cells)}"]  # fmt: skip
    if pair.published:
        told.append(f"{100 * pair.published:.0f} % of that is built as the published solution is")
    if pair.words:
        more = f" and {len(pair.words) - MOST_WORDS} more" if len(pair.words) > MOST_WORDS else ""
        told.append(f"only {first} and {second} write {', '.join(pair.words[:MOST_WORDS])}{more}")
    return told


def _where(code, cell):
    """Return the name of a cell, and of the functions of the student's own that it defines."""
    own = [short(name, LONGEST_NAME) for name in dict.fromkeys(code.functions.get(cell, [])) if name != cell]
    more = f" and {len(own) - MOST_WORDS} more" if len(own) > MOST_WORDS else ""
    return f"{cell} ({', '.join(own[:MOST_WORDS])}{more})" if own else cell


def page_of(assignment, codes, unread, pairs, threshold, shared):
    """Return the page about a class."""
    known = {code.student: code for code in codes}
    body = [
        f"<p>{len(codes)} submissions were compared; alike in at least {threshold} % of the code of one of them: "
        f"{len(pairs)} of the pairs. That is a reason to look at both and to talk, not a finding: short answers "
        f"to one question come out alike by themselves, and the published solution may be where both learnt it.</p>"
        f"<p>Names, numbers, texts and comments count for nothing in these percentages. Left out are lines of the "
        f"handout, cells of a student's own as far as they match nothing, and what more than {shared} students "
        f"hand in; so a passage that many pass on is not seen, nor code that is kept in a text and run from there "
        f"(make grade names that). Who strews statements without use into an answer makes it look less alike. "
        f"Of {LENGTH + WINDOW - 1} signs and words in a row that two have in common, nothing is missed.</p>"
    ]
    if told := not_compared(codes, unread):
        body += ["<h2>Not compared</h2>", table(["student", "why"], told)]
    if len(pairs) > MOST_PAIRS:
        body.append(f"<p>The {MOST_PAIRS} pairs that are most alike are shown.</p>")
    shown = pairs[:MOST_PAIRS]
    if shown:
        rows = [(*pair.students, *(f"{100 * part:.0f}\u00a0%" for part in pair.parts),
                 ", ".join(cell for cell, _ in pair.cells)) for pair in shown]  # fmt: skip
        body.append(table(["student", "and", "of the first", "of the second", "in"], rows))
    body += [_section(pair, known) for pair in shown]
    return report_page(f"{assignment.name}: whose code is alike", "\n".join(body), "72rem", STYLE)


def not_compared(codes, unread):
    """Return what was not compared: (student, why) for each."""
    long = [(code.student, f"{code.left_out:,} characters, which stand after {LONGEST:,} words and signs of code")
            for code in codes if code.left_out]  # fmt: skip
    return long + list(unread.items())


def _section(pair, codes):
    """Return what the page says of a pair: reasons, and the cells that match side by side."""
    told = "".join(f"<li>{html.escape(visible(words))}</li>" for words in reasons(pair, codes))
    parts = [f"<h2>{html.escape(' and '.join(pair.students))}</h2><ul>{told}</ul>"]
    for cells in pair.cells:
        both = zip(pair.students, cells, pair.lines, strict=True)
        columns = "".join(_column(codes[own], cell, set(lines)) for own, cell, lines in both)
        parts.append(f'<div class="both">{columns}</div>')
    return "\n".join(parts)


def _column(code, cell, lines):
    """Return one student's cell, with a mark on each line that matches."""
    rows = [(at, number, text) for at, (name, number, text) in enumerate(code.lines) if name == cell and text.strip()]
    near = {at + step for at in lines for step in (-1, 0, 1)}
    rows = [row for row in rows if row[0] in near]
    made = [_line(number, text, at in lines) for at, number, text in rows[:MOST_LINES]]
    made += [f"… and {len(rows) - MOST_LINES} more lines"] if len(rows) > MOST_LINES else []
    head = html.escape(visible(f"{code.student}: {cell}"))
    return f"<section><h3>{head}</h3><pre>{chr(10).join(made)}</pre></section>"


def _line(number, text, is_alike):
    """Return a line of code; one that matches has a bar in front and is marked."""
    whole = visible(BLANKS.sub(lambda found: f"⟨{len(found[0])} blanks⟩", text.expandtabs(4)))
    shown, more = html.escape(whole[:LONGEST_LINE]), len(whole) - LONGEST_LINE
    end = f" … {more:,} more characters" if more > 0 else ""
    return f"{number:4} ▌ <mark>{shown}</mark>{end}" if is_alike else f"{number:4}   {shown}{end}"


def run(course, options):
    """Write the page about an assignment, and say the same in short."""
    if not 1 <= options.threshold <= 100:
        raise CourseError(f"--threshold must be from 1 to 100 percent, got {options.threshold}")
    if options.shared is not None and options.shared < 2:
        raise CourseError(f"--shared must be at least 2 students, got {options.shared}")
    assignment = Assignment(course, options.assignment)
    codes, unread = read_class(assignment)
    shared = options.shared or most_shared(len(codes))
    pairs = compare(assignment, codes, options.threshold, shared)
    path = course.root / "similarity" / f"{assignment.name}.html"
    write_whole(path, page_of(assignment, codes, unread, pairs, options.threshold, shared))
    say(f"{assignment.name}: {len(codes)} submissions compared; pairs alike in at least {options.threshold} %: "
        f"{len(pairs)}, a reason to look, never a verdict")  # fmt: skip
    known = {code.student: code for code in codes}
    for pair in pairs[:MOST_PAIRS]:
        say(f"  {' and '.join(pair.students)}: {'; '.join(reasons(pair, known))}")
    for student, reason in not_compared(codes, unread):
        say(f"not compared: {student}: {reason}")
    say(path)
    return 0
