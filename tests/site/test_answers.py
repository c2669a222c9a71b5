"""The key to the exercises: all of them, with the answers that the page checks with, and not on the site."""

import subprocess
from pathlib import Path

import pytest

import hdclib as hdc
from hdclib.rules.exercises import Condition, check_stack
from hdclib.widgets import ask_choice, ask_number, ask_stack
from tools.notebooks import exercises, notebook_form

ROOT = Path(__file__).resolve().parents[2]
CHAPTERS = notebook_form.chapters(ROOT)


def source_of(path):
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_every_exercise_of_a_chapter_has_one_answer_in_the_key(path):
    asked = exercises.of(path)
    assert [exercise.number for exercise in asked] == list(range(1, len(asked) + 1)) and asked
    last = source_of(path).partition("## Exercises")[2]  # what is asked on the way has its answer in the text
    calls = sum(last.count(f"{name}(") for name in ("ask_number", "ask_choice", "ask_stack"))
    assert len(asked) == calls
    text = exercises.key([path])
    for exercise in asked:
        given, why = exercise.answer()
        assert f"**Answer: {given}** {why}" in text and exercise.text in text


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_a_stack_of_the_key_meets_what_is_asked(path):
    for exercise in exercises.of(path):
        if "example" in exercise.state:
            wanted = [Condition(*condition) for condition in exercise.state["conditions"]]
            found = check_stack(exercise.state["example"], exercise.state["kernel_size"], wanted)
            assert all(met for _, _, met in found)


@pytest.mark.parametrize(
    ("name", "number", "answer"),
    [
        ("gridding", 1, hdc.coverage([3, 3], 3).pixels_read),
        ("rule_distance", 1, hdc.second_distance([1, 2, 8])),
        ("dilated_convolution", 1, hdc.sizes.effective_size(3, dilation=4)),
        ("misconceptions", 2, hdc.receptive_field([1, 2, 4], 3)),
    ],
)
def test_an_answer_is_the_librarys(name, number, answer):
    assert exercises.of(ROOT / "book" / f"{name}.ipynb")[number - 1].answer()[0] == str(answer)


def state_of(widget):
    return {name: getattr(widget, name) for name in widget.trait_names(sync=True)}


def test_each_kind_of_question_gives_its_answer_and_its_hints():
    asked = ask_number("Side:", 27, right="3³.", otherwise="How many?", hints={13: "More."})
    choice = ask_choice("True:", {"a": "No.", "b": "Yes."}, right="b")
    stack = ask_stack("Two:", [("holes", "=", 0)], [1, 2], right="Good.", hint="A 1?")
    number, pick, find = (exercises.Exercise(1, "?", state_of(widget)) for widget in (asked, choice, stack))
    assert number.answer() == ("27", "3³.") and number.hints() == {"13": "More.", "any other": "How many?"}
    assert pick.answer() == ("b", "Yes.") and pick.hints() == {"a": "No."}
    assert find.answer() == ("1, 2, among others", "Good.") and find.wanted() == ["holes = 0"]


def test_an_exercise_without_one_answer_is_refused():
    with pytest.raises(ValueError, match=r"^exercise 3 has 0 right answers, and must have one$"):
        exercises.Exercise(3, "?", {"feedback": {"1": [False, "No."]}}).answer()


def test_the_key_is_neither_in_git_nor_on_the_site():
    ignored = subprocess.run(["git", "check-ignore", exercises.KEY], cwd=ROOT, capture_output=True, check=False)
    assert ignored.returncode == 0
    assert exercises.KEY.parent == ROOT / "_build"  # the site is _build/html or _build/site
