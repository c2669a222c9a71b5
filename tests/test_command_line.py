"""python -m hdclib: what it prints and how it exits."""

import subprocess
import sys

import pytest

import hdclib as hdc
from hdclib.__main__ import main


@pytest.mark.parametrize(("dilations", "status"), [([1, 2, 5], 0), ([2, 2, 2], 1), ([1, 2, 9], 1)])
def test_check_prints_the_report_and_its_status_tells_of_holes(capsys, dilations, status):
    assert main(["check", *map(str, dilations)]) == status
    assert capsys.readouterr().out == f"{hdc.check(dilations, kernel_size=3)}\n"


def test_check_takes_a_kernel_size_for_all_layers_or_for_each(capsys):
    assert main(["check", "1", "3", "--kernel-size", "5"]) == 0
    assert capsys.readouterr().out == f"{hdc.check([1, 3], kernel_size=5)}\n"
    assert main(["check", "1", "3", "--kernel-size", "5", "7"]) == 0
    assert capsys.readouterr().out == f"{hdc.check([1, 3], kernel_size=[5, 7])}\n"


def test_design_lists_the_best_schedules_first(capsys):
    assert main(["design", "31", "--layers", "4", "--most", "3"]) == 0
    head, *lines = capsys.readouterr().out.splitlines()
    assert head.split() == ["field", "evenness", "dilations"]
    best = hdc.design(31, 4, 3)[:3]
    assert [line.split("  ")[-1] for line in lines] == [", ".join(map(str, one.dilations)) for one in best]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check", "0"], "layers[0] (a dilation) must be at least 1, got 0"),
        (["check", "1", "2", "--kernel-size", "3", "3", "3"], "kernel_size has 3 entries for 2 layers"),
        (["check", "1.5"], "invalid int value: '1.5'"),
        (["design", "131", "--layers", "4"], "target 131 is more than 81"),
        ([], "the following arguments are required"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words_with_status_2(capsys, arguments, words):
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    shown = capsys.readouterr()
    assert stop.value.code == 2 and words in shown.err and shown.out == ""


def test_the_module_runs_as_a_program():
    command = [sys.executable, "-m", "hdclib", "check", "1", "2", "9", "--kernel-size", "3"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "21 of 25 along an axis" in done.stdout and done.stderr == ""
