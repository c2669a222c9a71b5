"""The page for teachers: minutes that add up, every exercise named, and numbers that the library gives."""

import re
from pathlib import Path

import pytest

import hdclib as hdc
from tools.notebooks import exercises, notebook_form

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "book" / "for_teachers.md").read_text(encoding="utf-8")
CHAPTERS = notebook_form.chapters(ROOT)
ROW = re.compile(r"^\| \{doc\}`/book/(\w+)` (\d+) \| (.{10,}) \|$", re.MULTILINE)


@pytest.mark.parametrize("minutes", [45, 90, 180])
def test_the_minutes_of_a_plan_add_up(minutes):
    plan = PAGE.split(f":name: plan-{minutes}\n")[1].split("```")[0]
    steps = plan.split("\n* - ")[1:]
    assert steps[0].startswith("minutes") and all(len(step.strip().split("\n  - ")) == 4 for step in steps)
    spent = [int(step.split("\n")[0]) for step in steps[1:]]
    assert sum(spent) == minutes
    assert minutes != 180 or sum(spent[:5]) == 90


def test_the_table_names_every_exercise_of_every_chapter_and_no_other():
    named = [(name, int(number)) for name, number, _ in ROW.findall(PAGE)]
    asked = [(path.stem, exercise.number) for path in CHAPTERS for exercise in exercises.of(path)]
    assert sorted(named) == sorted(asked) and len(asked) > 60


def test_the_plans_send_to_exercises_that_are_there():
    plain = re.sub(r"\s+", " ", PAGE)
    sent = re.findall(r"(?:Exercises |; )([\d, and]+) of \{doc\}`/book/(\w+)`", plain)
    assert len(sent) == 5
    for numbers, name in sent:
        there = {exercise.number for exercise in exercises.of(ROOT / "book" / f"{name}.ipynb")}
        assert set(map(int, re.findall(r"\d+", numbers))) <= there


TWOS = hdc.coverage([2, 2, 2], 3)
CLAIMS = [
    f"One output sees {TWOS.span} × {TWOS.span} = {TWOS.pixels} pixels.",
    f"See where the {TWOS.pixels_read} come from.",
    f"Resolve the guess: {hdc.shared_inputs([2, 2, 2], 1, kernel_size=3) * TWOS.read}.",
    f"It uses {TWOS.pixels_read} of them",
    f"What does $M_1 = {hdc.descent_gaps([1, 2, 9], 3)[0]}$ look like",
    f"four layers would reach {4 * 9}.",
]


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_number_in_the_text_is_the_librarys(claim):
    assert claim in PAGE


def test_what_the_questions_suppose_is_so():
    assert hdc.coverage([1, 2, 3], 3).span == TWOS.span and hdc.is_hole_free([1, 2, 3], 3)
    one_slider = [d for d in ([1, 2, 2], [2, 1, 2], [2, 2, 1]) if hdc.is_hole_free(d, 3)]
    assert len(one_slider) == 3
    for dilations in ([2, 3], [4, 2, 3]):
        assert hdc.m2_rule_accepts(dilations, 3) and not hdc.is_hole_free(dilations, 3)
    assert hdc.common_divisor([1, 2, 9]) == 1 and not hdc.is_hole_free([1, 2, 9], 3)
    assert [schedule.dilations for schedule in hdc.design(81, 4, 3)] == [(1, 3, 9, 27)]
    layers = {item.name: item.layer for item in hdc.networks.vgg16(["keep"] * 2 + ["dilate"] * 3)}
    assert layers["conv5_1"].dilation == 4
