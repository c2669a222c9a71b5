"""Lists of students are read as platforms and spreadsheets write them; what is in doubt is named by row and column."""

import pytest

from course.layout import CourseError
from course.results.lms import canvas_rows, moodle_rows
from course.roster import read_roster

ADA = ("ada", "Ada", "Tester")


def students(tmp_path, content):
    """Return the students of a roster with this content, as bytes or text."""
    path = tmp_path / "roster.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_roster(path)


CANVAS = 'Student,ID,SIS User ID,SIS Login ID,Section\n    Points Possible,,,,\n"Tester, Ada",7,u1,ada,A\n'
MOODLE = "First name,Last name,ID number,Email address\nAda,Tester,ada,ada@example.org\n"
READ = {
    "own": ("id,first_name,last_name,lms_id\nada,Ada,Tester,7\n", ADA),
    "canvas": (CANVAS, ADA),
    "moodle": (MOODLE, ADA),
    "a mark of byte order": ("\ufeff" + MOODLE, ADA),
    "UTF-16": ("\ufeff".encode("utf-16-le") + MOODLE.replace(",", "\t").encode("utf-16-le"), ADA),
    "UTF-16 without a mark": (MOODLE.encode("utf-16-le"), ADA),
    "cp1252": ("id;Name;Vorname\nada;Müller;Jürgen\n".encode("cp1252"), ("ada", "Jürgen", "Müller")),
    "semicolons": (MOODLE.replace(",", ";"), ADA),
    "a line about separators": ("sep=;\r\n" + MOODLE.replace(",", ";"), ADA),
    "line ends of old": (MOODLE.replace("\n", "\r"), ADA),
    "tabs": (MOODLE.replace(",", "\t"), ADA),
    "German": ("Vorname;Nachname;ID-Nummer;E-Mail-Adresse\nAda;Tester;ada;a@b.c\n", ADA),
    "French": ("Prénom,Nom de famille,Numéro d’identification,Adresse de courriel\nAda,Tester,ada,a@b.c\n", ADA),
    "Spanish": ("Nombre;Apellido(s);Número de ID;Dirección de correo\nAda;Tester;ada;a@b.c\n", ADA),
    "Italian": ("Nome,Cognome,Codice identificativo,Indirizzo email\nAda,Tester,ada,a@b.c\n", ADA),
    "Dutch": ("Voornaam,Achternaam,ID-nummer,E-mailadres\nAda,Tester,ada,a@b.c\n", ADA),
    "Portuguese": ("Nome,Apelido,Número de identificação,Endereço de email\nAda,Tester,ada,a@b.c\n", ADA),
    "Chinese": ("名,姓,学号,邮件地址\nAda,Tester,ada,a@b.c\n", ADA),
    "manual posting": (CANVAS.replace("    Points", ",,,,Manual Posting\n    Points"), ADA),
    "points in another language": (CANVAS.replace("    Points Possible", "    Punkte möglich"), ADA),
    "a slash in the id": (MOODLE.replace("ada,", "2023/1234,"), ("2023-1234", "Ada", "Tester")),
    "a plus in the id": ("id,name\nada+x@example.org,Ada Tester\n", ("ada-x@example.org", "Ada", "Tester")),
    "zeros kept": ('id,name\n"=""00123""",Ada Tester\n', ("00123", "Ada", "Tester")),
    "an address for an id": ("First name,Last name,Email address\nAda,Tester,ada+x@b.c\n", ("ada-x", "Ada", "Tester")),
    "canvas without logins": ('Student,ID,Section\n"Tester, Ada",7,A\n', ("7", "Ada", "Tester")),
}


@pytest.mark.parametrize("kind", READ)
def test_a_roster_is_read(tmp_path, kind):
    content, expected = READ[kind]
    (student,) = students(tmp_path, content)
    assert (student.id, student.first_name, student.last_name) == expected


REFUSED = {
    "an id that leaves the folder": ("id,first_name\n../x,Ada\n", r"row 2, column id: id must be made of letters"),
    "no id": ("id,first_name\n,Ada\n", r"row 2, column id: id must be made of letters"),
    "a blank in the id": ("id,first_name\na b,Ada\n", r"row 2, column id: .*got 'a b'"),
    "a hidden id": ("id,first_name\n.hidden,Ada\n", r"row 2, column id: id must be made of letters"),
    "an id twice": ("id\nada\nADA\n", r"ada are listed more than once \(in lower case\): rows 2, 3"),
    "two ids that become one": ("id\n2023/1\n2023-1\n", r"2023-1 are listed more than once"),
    "a shortened number": ("id,name\n1.2E+07,Ada\n", r"row 2, column id: a spreadsheet has shortened a number"),
    "a name without quotes": ("id,name\nada,Tester,Ada\n", r"row 2: 3 cells under 2 headings"),
    "no heading that names anybody": ("who,what\nada,x\n", r"row 1: no heading names a student; it reads who, what"),
    "nothing": ("", r"is empty"),
    "letters of no kind": (b"id,name\nada,\x81\n", r"row 2: its letters are neither"),
    "a quote left open": ('id,first_name\nada,Ada\nben,"Ben\neve,Eve\n', r"row 3: unexpected end .* look for a quote"),
    "a cell without end": (f"id,name\nada,{'x' * 200_000}\n", r"row 2: field larger than field limit"),
    "an id longer than a folder's name": (f"id\n{'a' * 300}\n", r"row 2, column id: .*at most 128"),
    "several": ("id\na b\nc d\n", r"(?s)row 2, column id.*row 3, column id"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_in_doubt_is_named(tmp_path, kind):
    content, words = REFUSED[kind]
    with pytest.raises(CourseError, match=words):
        students(tmp_path, content)


def test_each_platform_gets_back_the_ids_that_it_gave(tmp_path):
    both = students(tmp_path, "Username,First name,Last name,ID number\nada,Ada,Tester,2023/7\n")
    head, row = moodle_rows(both, {"ada": 5}, {}, "Small")
    found = dict(zip(head, row, strict=True))
    assert (found["Username"], found["ID number"], found["Small"]) == ("ada", "2023/7", "5")
    only = students(tmp_path, "Username,First name\nada,Ada\n")
    assert dict(zip(*moodle_rows(only, {}, {}, "Small"), strict=True))["ID number"] == ""
    canvas = students(tmp_path, 'Student,ID,SIS User ID,Section\n"Tester, Ada",7,u/1,A\n')
    assert [one.lms_id for one in canvas] == ["7"] and canvas[0].id == "u-1"
    assert list(canvas_rows(canvas, {"u-1": 5}, 6, "Small"))[-1] == ["Tester, Ada", "7", "u/1", "", "A", "5"]
    (own,) = students(tmp_path, "id,name\n2023/7,Ada Tester\n")
    assert (own.username, own.id_number) == ("2023/7", "2023/7")


def test_the_longest_id_is_taken_and_a_longer_one_is_not(tmp_path):
    assert students(tmp_path, f"id,name\n{'a' * 128},Ada\n")[0].id == "a" * 128
    with pytest.raises(CourseError, match="at most 128"):
        students(tmp_path, f"id,name\n{'a' * 129},Ada\n")


def test_the_test_student_of_canvas_is_nobody_and_groups_stand_apart_by_any_sign(tmp_path):
    rows = '"Student, Test",8,,x,A\n'
    assert [one.id for one in students(tmp_path, CANVAS + rows)] == ["ada"]
    (one,) = students(tmp_path, 'id,first_name,last_name,group\nada,Ada,Tester,"A, B;C|D"\n')
    assert one.groups == ["A", "B", "C", "D"]


def test_a_row_that_is_too_long_and_the_separator_that_fits(tmp_path):
    with pytest.raises(CourseError, match="row 3: 3 cells under 2 headings"):
        students(tmp_path, "id,name\nada,Ada\nben,Ben,more\n")
    assert [one.full_name for one in students(tmp_path, "id;name\nada;Ada, Tester\n")] == ["Tester Ada"]
