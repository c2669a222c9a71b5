"""Whose code is alike is shown with its reasons, whatever names and numbers were changed; nothing of it acts."""

import itertools
import random
import re
import textwrap
from dataclasses import replace

import courses
import pytest
from bs4 import BeautifulSoup

from course.groups import share
from course.plan import Assignment, prepare
from course.results.alike import LENGTH, LONGEST, WINDOW, Class, fingerprints, read_code
from course.similarity import compare, most_shared, page_of, read_class

OWN = """\
def total(values):
    # the carry is kept apart
    wholes, rest = [], 0
    for value in values:
        if value % 2 == 0 and value > 12:
            wholes.append(value // 2)
        else:
            rest = rest + value - 1
    return 2 * sum(wholes) + rest + len(values) - len(wholes)
"""
COMMENT = "    # the carry is kept apart\n"
COPIED = """\
def total(values):
    '''Mine.'''
    a, b = [], 7

    for x in values:   # <script>alert(1)</script>
        if x % 3 == 0 and x > 99:
            a.append(x // 5)
        else: b = b + x - 42
    return 9 * sum(a) + b + len(values) - len(a)
"""
OTHER = """\
def total(values):
    stack = list(values)
    while len(stack) > 1:
        stack.append(stack.pop() + stack.pop())
    return stack[0] if stack else None
"""
SHORT = "def total(values):\n    return sum(values)"
NOBODY = read_code("", [], set())


def alike(**texts):
    """Return the pairs of students who handed in these texts."""
    codes = [read_code(student, [("total", text)], set()) for student, text in texts.items()]
    return Class(codes, NOBODY, NOBODY, 4).pairs(0.5)


@pytest.fixture
def course(tmp_path):
    return courses.make_course(tmp_path, ["ada", "ben", "eve", "kim", "zoe"])


def hand_in(course, **texts):
    """Hand in notebooks whose first answer is another one."""
    for student, text in texts.items():
        courses.hand_in(course, student, courses.changed(courses.handout(course, student), total=text))


def test_other_names_numbers_comments_and_breaks_hide_nothing():
    (pair,) = alike(ada=OWN, ben=COPIED, eve=OTHER)
    assert pair.students == ("ada", "ben") and min(pair.parts) > 0.9
    assert pair.cells == [("total", "total")] and pair.words == [] and pair.published == 0


def strewn(text, *words):
    """Return a program with one of these words at the end of each line that ends a statement."""
    more = itertools.cycle(words)
    return "\n".join(line if line[-1] in ":," else line + next(more) for line in text.rstrip().split("\n"))


@pytest.mark.parametrize(
    "disguised",
    [
        strewn(OWN, ";"),
        strewn(OWN, "; 0;", "; None", "; pass", "; 'x'", "; ...;"),
        OWN.replace("value % 2", "(value % 2)").replace("+ rest +", "+ (rest) +").replace("// 2)", "// 2,)"),
        OWN.replace("(values)", "(\\\nvalues)").replace("= [], 0", "= \\\n [], \\\n 0"),
        OWN.replace("sum", "ｓｕｍ").replace("len", "𝐥𝐞𝐧"),
        OWN.replace("\n", "\r"),
        OWN.replace("\n", "\n\n# another comment\n"),
        "#" * 10**6 + f"\n{OWN}",
        "# x\n" * 10**5 + OWN,
        "import math\n" * 10**5 + OWN,
    ],
    ids=["semicolons", "idle statements", "brackets", "broken lines", "unusual letters", "returns", "comments",
         "a long comment", "many comments", "lines of the handout"],
)  # fmt: skip
def test_what_does_nothing_hides_nothing(disguised):
    given = {"import math"}
    codes = [read_code("ada", [("total", OWN)], given), read_code("ben", [("total", disguised)], given)]
    (pair,) = Class(codes, NOBODY, NOBODY, 4).pairs(0.5)
    assert min(pair.parts) > 0.95 and codes[1].left_out == 0
    assert {codes[1].lines[at][2].strip()[:6] for at in pair.lines[1]} >= {"def to", "wholes"}


def test_cells_of_ones_own_make_no_copy_look_small():
    codes = [read_code(student, [("total", OWN), ("cell 9", program(seed, 5_000))], set(), ["cell 9"])
             for seed, student in enumerate(["ada", "ben"])]  # fmt: skip
    (pair,) = Class(codes, NOBODY, NOBODY, 4).pairs(0.5)
    assert min(pair.parts) > 0.95


def test_junk_in_cells_that_count_for_nothing_comes_after_the_answers(course):
    junk = "\n".join(f"x{at} = {at}" for at in range(2 * LONGEST))
    hand_in(course, ada=OWN)
    courses.hand_in(course, "ben", courses.changed(courses.handout(course, "ben"), total=COPIED, imports=junk,
                                                   test_total=junk, numbers=junk))  # fmt: skip
    assignment = Assignment(course, "small")
    codes, _ = read_class(assignment)
    (pair,) = compare(assignment, codes, 50, 4)
    assert pair.cells == [("total", "total")] and min(pair.parts) > 0.9


def test_what_matches_cannot_be_pushed_out_of_sight(course):
    far = COPIED.replace("a.append", " " * 900 + "\u3000" * 300 + "a.append").replace("n 9", f"n{' ' * 200}9")
    far = far.replace("99:", f"99 and x not in ({', '.join(map(str, range(200)))}):")
    hand_in(course, ada=OWN, ben=f"if True:\n{textwrap.indent(far, ' ' * 300)}")
    courses.run(course, "similarity")
    soup = BeautifulSoup((course.root / "similarity" / "small.html").read_text(), "html.parser")
    shown = soup.find(class_="both").find_all("pre")[1].get_text()
    assert "⟨200 blanks⟩9 * sum(a) + b" in shown and "a.append(x // 5)" in shown
    assert re.search(r"if x % 3 == 0 .* … \d+ more characters\n", shown)


def test_other_code_is_not_alike_and_a_short_answer_tells_nothing():
    assert alike(ada=OWN, ben=OTHER, eve=SHORT, kim=SHORT) == []


def test_a_passage_within_other_code_is_found_in_another_cell():
    codes = [read_code("ada", [("total", OTHER), ("scaled", OWN)], set()),
             read_code("ben", [("cell 9", COPIED)], set())]  # fmt: skip
    (pair,) = Class(codes, NOBODY, NOBODY, 4).pairs(0.5)
    assert pair.cells == [("scaled", "cell 9")] and pair.parts[0] < 0.8 < pair.parts[1]
    assert all("stack" not in codes[0].lines[at][2] for at in pair.lines[0])


def test_what_is_handed_out_counts_for_nobody():
    given = read_code("", [("", OWN)], set())
    codes = [read_code(student, [("total", OWN)], set()) for student in ("ada", "ben")]
    assert Class(codes, given, NOBODY, 4).pairs(0.01) == []
    lines = {line.strip() for line in OWN.split("\n")}
    assert read_code("ada", [("total", OWN + "mine = 1")], lines).parts[0][1] == ("name", "=", "number")


def test_what_many_hand_in_counts_for_nobody():
    names = ["ada", "ben", "eve", "kim", "zoe"]
    assert len(alike(**dict.fromkeys(names[:4], OWN))) == 6
    assert alike(**dict.fromkeys(names, OWN)) == []


def test_names_and_comments_that_only_two_use_are_told():
    (pair,) = alike(ada=OWN, ben=OWN.replace("12", "14"), eve=OTHER.replace("stack", "rest"))
    assert pair.words == ["# the carry is kept apart", "value", "wholes"]


def test_how_much_the_published_solution_explains_is_told():
    codes = [read_code(student, [("total", OWN)], set()) for student in ("ada", "ben")]
    (pair,) = Class(codes, NOBODY, read_code("", [("", COPIED)], set()), 4).pairs(0.5)
    assert pair.published > 0.9


@pytest.mark.parametrize("seed", range(20))
def test_no_common_passage_is_missed(seed):
    draw = random.Random(seed)
    tokens = [[draw.choice("+-*/%") for _ in range(200)] for _ in range(2)]
    length = LENGTH + WINDOW - 1
    a, b = (draw.randrange(200 - length) for _ in range(2))
    tokens[1][b : b + length] = tokens[0][a : a + length]
    found = [set(fingerprints(read_code("", [("", " ".join(one))], set()))) for one in tokens]
    assert found[0] & found[1]


def test_the_page_shows_both_side_by_side_and_nothing_acts(course):
    hand_in(course, ada=OWN, ben=COPIED.replace("'''Mine.'''", "'</pre><img src=x onerror=alert(1)>\x1b[2J'"))
    done = courses.run(course, "similarity")
    assert done.returncode == 0 and "2 submissions compared; pairs alike in at least 50 %: 1," in done.stdout
    assert "ada and ben: 100 % of ada's code and 100 % of ben's code is alike (7 and 6 lines); in total" in done.stdout
    page = (course.root / "similarity" / "small.html").read_text()
    soup = BeautifulSoup(page, "html.parser")
    assert soup.find_all(["script", "img", "link", "iframe"]) == [] and "\x1b" not in page
    left, right = soup.find(class_="both").find_all("pre")
    assert "wholes.append(value // 2)" in left.get_text() and "a.append(x // 5)" in right.get_text()
    marked = [mark.get_text().strip() for mark in right.find_all("mark")]
    assert "return 9 * sum(a) + b + len(values) - len(a)" in marked and len(marked) == 6
    assert "<script>alert(1)</script>" in right.get_text() and "never a verdict" in done.stdout
    assert "default-src 'none'" in soup.find("meta", {"http-equiv": True})["content"]


@pytest.mark.parametrize("kind", ["raw", "markdown"])
def test_an_answer_in_a_cell_of_another_kind_is_compared_as_it_is_graded_and_noted(course, kind):
    hand_in(course, ada=OWN)
    other = courses.changed(courses.handout(course, "ben"), total=COPIED)
    courses.at(other, "total").cell_type = kind
    folder = courses.hand_in(course, "ben", other).parent
    assignment = Assignment(course, "small")
    codes, _ = read_class(assignment)
    (pair,) = compare(assignment, codes, 50, 4)
    assert pair.students == ("ada", "ben") and pair.cells == [("total", "total")]
    _, _, notes = prepare(assignment, assignment.roster["ben"], folder)
    assert notes == ["cells of another kind were put back: total"]


def test_what_a_group_hands_in_is_no_pair(course):
    hand_in(course, ada=OWN, eve=OTHER)
    share(course, "small", "ben", "ada")
    hand_in(course, ben=OWN)  # a copy that somebody left in the folder
    codes, unread = read_class(Assignment(course, "small"))
    assert [code.student for code in codes] == ["ada", "eve"] and unread == {}


def test_untouched_notebooks_and_own_numbers_make_no_pair(course):
    for student in ("ada", "ben", "eve"):
        courses.hand_in(course, student, courses.handout(course, student))
    assignment = Assignment(course, "small")
    codes, _ = read_class(assignment)
    assert [tokens for code in codes for _, tokens, _ in code.parts if tokens] == []
    assert compare(assignment, codes, 1, 4) == []


def test_what_cannot_be_read_or_has_no_end_is_named_and_stops_nobody(course):
    hand_in(course, ada=OWN, ben=COPIED, eve=f"{OWN}\n" + "x = 1; " * 400_000, zoe="('" * 10**6)
    courses.hand_in(course, "kim", "{")
    done = courses.run(course, "similarity", "--shared", "5")
    assert done.returncode == 0 and "4 submissions compared; pairs alike in at least 50 %: 3," in done.stdout
    assert "not compared: kim: small.ipynb is truncated" in done.stdout
    page = (course.root / "similarity" / "small.html").read_text()
    for told in (page, done.stdout):
        assert re.search(r"eve.{1,9}[\d,]+ characters, which stand after 10,000 words and signs of code", told)
    assert len(page) < 200_000


def test_code_is_taken_apart_and_never_run(course, tmp_path):
    deed = f"open({str(tmp_path / 'deed')!r}, 'w').write('x')\n"
    hand_in(course, ada=deed + OWN, ben=deed + OWN)
    courses.run(course, "similarity")
    assert not (tmp_path / "deed").exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [(["--threshold", "0"], "--threshold must be from 1 to 100 percent, got 0"),
     (["--shared", "1"], "--shared must be at least 2 students, got 1")],
)  # fmt: skip
def test_a_setting_without_sense_is_refused(course, options, words):
    done = courses.run(course, "similarity", *options)
    assert done.returncode == 2 and words in done.stderr


def program(seed, length):
    """Return a program of so many characters."""
    draw = random.Random(seed)
    words = [*"+-*/%<>=,:()[]{}", "if", "for", "while", "sum", "len", "abs", "name", "7", "lambda", "not", "or"]
    return " ".join(draw.choice(words) for _ in range(length))[:length]


def test_a_large_class_of_long_programs_is_compared_and_its_page_is_short(course):
    distinct = [read_code("", [("total", program(seed, LONGEST // 10))], set()) for seed in range(30)]
    codes = [replace(distinct[at % 30], student=f"s{at}") for at in range(300)]
    pairs = Class(codes, NOBODY, NOBODY, most_shared(300)).pairs(0.5)
    assert len(pairs) == 30 * 45 and all(pair.alike > 0.9 for pair in pairs)
    assert len(page_of(Assignment(course, "small"), codes, {}, pairs, 50, 30)) < 2_000_000


def test_what_is_compared_of_one_has_a_bound():
    line = "x = y + 1\n"  # five tokens
    code = read_code("ada", [("total", line * LONGEST), ("scaled", OWN)], set())
    assert sum(len(tokens) for _, tokens, _ in code.parts) == LONGEST and len(code.lines) == LONGEST // 5 + 1
    assert code.left_out == len(line * LONGEST) - len(line) * LONGEST // 5 + len(OWN.replace(COMMENT, "")) - 1


def test_names_of_functions_without_end_are_cut(course):
    long = "\n".join(f"def {'x' * 10_000}{at}(a):\n    return a\n" for at in range(20))
    hand_in(course, ada=OWN + "\n" + long, ben=OWN + "\n" + long)
    told = courses.run(course, "similarity").stdout
    assert "ada and ben" in told and f"({'x' * 40} …" in told and "and 8 more)" in told
    assert max(map(len, told.split("\n"))) < 5000
