"""Names and file names that students choose move nothing in a terminal and run nothing in a spreadsheet."""

import csv
import io

import pytest

from course.export import as_csv
from course.results.lms import canvas_rows, moodle_rows
from course.roster import Student
from course.showing import say, visible


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Ada\x1b[2J", "Ada\\x1b[2J"),
        ("a\rb\nc\x08", "a\\rb\\nc\\x08"),
        ("invoice\u202efdp.exe", "invoice\\u202efdp.exe"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("half \ud800 a pair", "half \\ud800 a pair"),
        ("name-\udcff.ipynb", "name-\\udcff.ipynb"),
        ("Åsa 王 O'Neil\u00a0x", "Åsa 王 O'Neil\u00a0x"),
    ],
)
def test_what_is_not_seen_is_made_visible(text, seen):
    assert visible(text) == seen
    visible(text).encode()


def test_lines_of_ours_stay_lines(capsys):
    say("one\ntwo \x1b]0;title\x07")
    assert capsys.readouterr().out == "one\ntwo \\x1b]0;title\\x07\n"


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1+cmd", "-1+cmd|' /C calc'!A0", "@SUM(A1)", "|x", "%x", "\t=1", "\r=1", "  =1", "\u00a0=1", "＝1", "＋1",
     "－1+1", "＠A1", "\u3000=1", "-", "-x"],
)  # fmt: skip
def test_a_cell_that_a_spreadsheet_would_run_is_quoted(cell):
    (found,) = next(csv.reader(io.StringIO(as_csv([[cell]]))))
    assert found.startswith("'")


@pytest.mark.parametrize(
    "cell", ["a;=HYPERLINK(A1);b.txt", 'a;"=1+1";b', "a; @x", "a;\u00a0＝1", "=1;=2", "a\t=1", ";-1+1"]
)
def test_no_part_of_a_cell_is_run_where_another_separator_is_taken(cell):
    text = as_csv([["x", cell, -3.5, "-3", "y"]])
    for separator in ";\t":
        for part in (part for row in csv.reader(io.StringIO(text), delimiter=separator) for part in row):
            assert part.lstrip(' "\u00a0')[:1] not in "=@-＝" or part == "-3"
    assert next(csv.reader(io.StringIO(text)))[2:] == ["-3.5", "-3", "y"]


def test_numbers_between_semicolons_stay_numbers():
    assert as_csv([["a; -3;-0.5;b"]]) == "a; -3;-0.5;b\n"


@pytest.mark.parametrize("cell", ["-0.5", "12", "3.25", "", "Ada", "ada@example.org", "a-b", "O'Neil", 7])
def test_other_cells_stay_as_they_are(cell):
    assert next(csv.reader(io.StringIO(as_csv([[cell, "x"]]))))[0] == str(cell)


@pytest.mark.parametrize("name", ["+jane@example.org", "-jane", "+a-b_c.d@x", "jane+x@example.org"])
def test_a_platform_finds_a_student_by_the_very_name_that_it_gave(name):
    student = Student("jane", email=name, username=name, id_number=name, sis_id=name)
    for rows in (moodle_rows([student], {}, {}, "Small"), canvas_rows([student], {}, 8, "Small")):
        *_, row = csv.reader(io.StringIO(as_csv(rows)))
        assert row.count(name) >= 2 and "'" not in "".join(row)


@pytest.mark.parametrize("name", ["=1+1", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "+SUM(A1)", "+a\n", "|x"])
def test_no_such_name_is_run(name):
    rows = csv.reader(io.StringIO(as_csv(moodle_rows([Student("jane", email=name)], {}, {}, "Small"))))
    assert list(rows)[1][4].startswith("'")


def test_a_name_with_a_line_of_its_own_stays_in_its_cell():
    assert as_csv([["a\nb", "x"]]) == "a\\nb,x\n"
