"""YAML that others wrote is read as text within bounds, or refused in words; nothing of it is made or multiplied."""

import pytest

from course.layout import CourseError
from course.reading.yaml_text import DEEPEST, read_yaml
from course.results.gradescope import read_submitters, submitters_in

BOMB = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi",
                                                                                         strict=True))  # fmt: skip
ONE = "submission_1:\n  :submitters:\n  - :name: {name}\n    :sid: {sid}\n    :email: a@b.c\n  :created_at: {time}\n"
TIME = "2026-05-05 01:00:00.211951000 -07:00"


def everything(path):
    return True


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[" * 100_000, "line 1: more than 40 deep"),
        ("a:\n" + "".join(f"{' ' * at}- \n" for at in range(1, 99)), "more than 40 deep"),
        ("? " * 5000, "more than 40 deep"),
        (BOMB, r"line 2: the alias \*a"),
        ("&a [*a]", r"the alias \*a"),
        ("a: 1\nb: 2\na: 3", "line 3: 'a' a second time"),
        ("? [a]\n: b", "a key that is no text"),
        ("a: [", "cannot be read"),
        ("\x00", "cannot be read"),
        ("a: \xff", "cannot be read"),
    ],
    ids=lambda value: value[:12],
)
def test_what_is_more_than_a_text_says_is_refused_and_named(text, words):
    with pytest.raises(CourseError, match=f"^x.yml.*{words}.*; allowed is YAML of mappings, lists and texts"):
        read_yaml(text.encode("latin-1"), "x.yml", everything)


@pytest.mark.parametrize(
    "text", ["010", "0o17", "1_000", "12:30", "yes", "0x1F", "1e3", ".inf", "2026-05-04", "!!int x", "'~'"]
)
def test_a_scalar_is_the_text_that_stands_there(text):
    assert read_yaml(f"a: {text}".encode(), "x.yml", everything) == {"a": text.split()[-1].strip("'")}


def test_what_is_not_kept_is_passed_over_but_counts_to_the_depth():
    text = f"a: 1\nb: {'[' * (DEEPEST + 1)}{']' * (DEEPEST + 1)}\n"
    assert read_yaml((BOMB + "keep: 7").encode(), "x.yml", lambda path: path in ((), ("keep",))) == {"keep": "7"}
    with pytest.raises(CourseError, match="line 2: more than 40 deep"):
        read_yaml(text.encode(), "x.yml", lambda path: path in ((), ("a",)))


def submitter(**changes):
    """Return the one submitter of an export."""
    text = ONE.format(**{"name": "Ada", "sid": "7", "time": TIME, **changes})
    return read_submitters(text.encode())["submission_1"][0]


@pytest.mark.parametrize("sid", ["0012", "1_2", "1:30", "no"])
def test_a_number_of_a_student_is_taken_letter_by_letter(sid):
    assert ("id_number", sid) in submitter(sid=sid).also


@pytest.mark.parametrize(
    "time",
    ["0000-01-01 00:00:00", "0001-01-01 00:00:00 +23:00", "2026-13-45", "9" * 5000, "~", "[]", "{}",
     "2026-05-05 00:00:00 +99:99", "!!timestamp x"],
)  # fmt: skip
def test_a_time_that_is_none_is_not_known(time):
    assert submitter(time=time).order == ()


def test_a_time_is_read_with_its_zone():
    assert submitter().order == ("2026-05-05 08:00:00 UTC",)


def test_only_folders_of_submissions_are_honoured_and_a_name_must_be_text():
    assert read_submitters(ONE.format(name="Ada", sid="7", time=TIME).replace("submission_1", "ada").encode()) == {}
    with pytest.raises(CourseError, match="submission_metadata.yml: :name of a submitter is .*; allowed is a text"):
        submitter(name="[a]")


def test_a_file_is_read_under_limits(tmp_path):
    path = tmp_path / "submission_metadata.yml"
    path.write_text("[" * 100_000)
    with pytest.raises(CourseError, match="more than 40 deep"):
        submitters_in(path)
