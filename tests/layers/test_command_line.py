"""The command hdclib: what it prints and how it exits."""

import doctest
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import hdclib as hdc
import hdclib.__main__ as program
from hdclib.__main__ import main
from hdclib.rules.schedules import RANKINGS


@pytest.mark.parametrize(("dilations", "status"), [([1, 2, 5], 0), ([2, 2, 2], 1), ([1, 2, 9], 1)])
def test_check_prints_the_report_and_its_status_tells_of_holes(capsys, dilations, status):
    assert main(["check", *map(str, dilations)]) == status
    assert capsys.readouterr().out == f"{hdc.check(dilations, kernel_size=3)}\n"


def test_check_takes_a_kernel_size_for_all_layers_or_for_each(capsys):
    assert main(["check", "1", "3", "--kernel-size", "5"]) == 0
    assert capsys.readouterr().out == f"{hdc.check([1, 3], kernel_size=5)}\n"
    assert main(["check", "--kernel-size", "5,7", "1", "3"]) == 0
    assert capsys.readouterr().out == f"{hdc.check([1, 3], kernel_size=[5, 7])}\n"


def test_design_lists_the_best_schedules_first(capsys):
    assert main(["design", "31", "--layers", "4", "--most", "3"]) == 0
    head, *lines, more = capsys.readouterr().out.splitlines()
    assert head.split() == ["field", "evenness", "squares", "dilations"] and more.endswith(" more: --most 11")
    best = hdc.design(31, 4, 3)[:3]
    assert [line.split("  ")[-1] for line in lines] == [", ".join(map(str, one.dilations)) for one in best]


@pytest.mark.parametrize("rank", RANKINGS)
def test_design_sorts_by_what_is_asked_for_and_says_in_its_help_what_that_is(capsys, rank):
    assert main(["design", "29", "--layers", "4", "--rank", rank, "--most", "3"]) == 0
    found = [line.split(maxsplit=4) for line in capsys.readouterr().out.splitlines()[1:-1]]
    best = hdc.design(29, 4, 3, rank=rank)[:3]
    assert [(int(squares), dilations) for *_, squares, dilations in found] == [
        (sum(d * d for d in one.dilations), ", ".join(map(str, one.dilations))) for one in best]  # fmt: skip
    main(["design", "29", "--layers", "4", "--rank", rank, "--most", "3", "--json"])
    answer = json.loads(capsys.readouterr().out)
    assert [(one["squares"], tuple(one["dilations"])) for one in answer] == [(s.squares, s.dilations) for s in best]
    with pytest.raises(SystemExit):
        main(["design", "--help"])
    assert f"{rank}: {RANKINGS[rank]}" in " ".join(capsys.readouterr().out.split())


def test_design_says_how_many_schedules_it_leaves_out(capsys):
    every = len(hdc.design(31, 4, 3))
    main(["design", "31", "--layers", "4"])
    assert capsys.readouterr().out.splitlines()[-1] == f"{every - 10} more: --most {every}"
    main(["design", "31", "--layers", "4", "--most", str(every)])
    assert len(capsys.readouterr().out.splitlines()) == 1 + every


@pytest.mark.parametrize("command", [["check"], ["design"], []], ids=str)
def test_every_help_ends_with_examples_that_run(capsys, command):
    with pytest.raises(SystemExit) as stop:
        main([*command, "--help"])
    assert stop.value.code == 0
    examples = capsys.readouterr().out.partition("examples:\n")[2].splitlines()
    assert len(examples) >= 2
    for example in examples:
        arguments = example.removeprefix("  hdclib ").split()
        if arguments[0] == "inspect":  # of a network that is not here: the words are read, and that is all
            assert program._parser().parse_args(arguments).target == arguments[1]
        else:
            assert main(arguments) == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check", "0"], "argument DILATION: must be a whole number of at least 1, got '0'"),
        (["check", "1", "2", "--kernel-size", "3,3,3"], "--kernel-size has 3 entries for 2 layers"),
        (["check", "1", "--kernel-size", "3,"], "argument --kernel-size: must be a whole number of at least 1, got ''"),
        (["check", "9" * 19], f"argument DILATION: must have at most 18 digits, got '{'9' * 19}'"),
        (["check", "9" * 5000], "argument DILATION: must have at most 18 digits, got '9999"),
        (["check", "1.5"], "argument DILATION: must be a whole number of at least 1, got '1.5'"),
        (["design", "131", "--layers", "4"], "error: field 131 is more than 81, the widest hole-free field of 4 l"),
        (["design", "131", "--layers", "4"], "with --kernel-size 3: take 5 layers"),
        (["design", "31", "--layers", "0"], "argument --layers: must be a whole number of at least 1, got '0'"),
        (["design", "31", "--layers", str(10**9)], "--layers must be at most 10000, got 1000000000"),
        (["design", "31", "--rank", "best"], "argument --rank: invalid choice: 'best'"),
        (["design", "31", "--most", "0"], "argument --most: must be a whole number of at least 1, got '0'"),
        (["design", "31", "--most", "-1"], "argument --most: must be a whole number of at least 1, got '-1'"),
        (["design", "1000", "--layers", "10"], "field=1000 with --layers=10 and --kernel-size=3 has more than 1000000"),
        (["design", "1000", "--layers", "10"], "adds d for each tap after the first, and leaves no hole"),
        (["design", "9", "--kernel-size", str(10**12)], "--kernel-size asks for 2999999999998 samples"),
        ([], "the following arguments are required"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words_with_status_2(capsys, arguments, words):
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    shown = capsys.readouterr()
    assert stop.value.code == 2 and words in shown.err and shown.out == ""
    usage = " ".join(["usage: hdclib", *arguments[:1]])
    assert shown.err.startswith(usage)
    assert not any(name in shown.err for name in ("layers[", "target", "depth", "kernel_size"))


def test_the_module_runs_as_a_program():
    command = [sys.executable, "-m", "hdclib", "check", "1", "2", "9", "--kernel-size", "3"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "21 of 25 along an axis" in done.stdout and done.stderr == ""


def test_the_example_in_the_docstring_is_what_is_printed():
    assert doctest.testmod(program) == (0, 2)


def test_the_help_and_the_readme_say_what_each_exit_status_means(capsys):
    with pytest.raises(SystemExit):
        main(["check", "--help"])
    assert "\nexit status: 0 no holes, 1 holes, 2 no answer\n" in capsys.readouterr().out
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    assert "The exit status of `check` is 0 for no holes, 1 for holes, and 2 where there is no answer" in readme


@pytest.mark.parametrize(("dilations", "status"), [("1 2 5", 0), ("1 2 9", 1)])
def test_the_verdict_stays_where_nobody_reads_it_to_the_end(dilations, status):
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "hdclib", "check", *dilations.split()]
    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, text=True, check=False)
    os.close(write)
    assert (done.returncode, done.stderr) == (status, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a file that is always full")
def test_an_answer_that_cannot_be_written_is_no_verdict():
    command = [sys.executable, "-m", "hdclib", "check", "1", "2", "9"]
    with open("/dev/full", "w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("hdclib check: error: ") and done.stderr.count("\n") == 1


def test_where_memory_ends_there_is_no_verdict(capsys, monkeypatch):
    def too_much(*_, **__):
        raise MemoryError

    monkeypatch.setattr(hdc, "check", too_much)
    with pytest.raises(SystemExit) as stop:
        main(["check", "1"])
    shown = capsys.readouterr()
    assert (stop.value.code, shown.out) == (2, "")
    assert shown.err == "hdclib check: error: not enough memory\n"


def test_a_fault_of_the_program_is_no_verdict_and_shows_its_trace(capsys, monkeypatch):
    monkeypatch.setattr(program.hdc, "check", lambda *_, **__: {}["nothing"])
    with pytest.raises(SystemExit) as stop:
        main(["check", "1"])
    told = capsys.readouterr().err
    assert (
        stop.value.code == 2 and told.startswith("Traceback") and "hdclib check: error: KeyError: 'nothing'; " in told
    )


@pytest.mark.parametrize(("dilation", "status"), [("1000000000", 1), ("1,2,1000000000000", 1)])
def test_a_stack_too_wide_to_be_counted_is_judged_by_the_exact_criterion(capsys, dilation, status):
    assert main(["check", dilation]) == status
    told = capsys.readouterr().out
    assert "exact criterion: fail." in told and "and at most 67108864 can be counted one by one" in told
    assert main(["check", dilation, "--json"]) == status
    assert json.loads(capsys.readouterr().out)["holes"] is None


def test_a_hole_free_stack_too_wide_to_be_counted_is_no_holes(capsys):
    assert main(["check", *(str(3**layer) for layer in range(20))]) == 0
    assert "the stack spans 3486784401 samples" in capsys.readouterr().out


def test_dilations_may_have_commas_between(capsys):
    assert main(["check", "1,2,5"]) == main(["check", "1", "2", "5"]) == main(["check", "1,2", "5"]) == 0
    first, second, third = f"\n{capsys.readouterr().out}".split("\ndilations [")[1:]
    assert first.strip() == second.strip() == third.strip()


def test_an_interruption_shows_no_traceback(capsys, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(program.hdc, "check", interrupted)
    with pytest.raises(SystemExit) as stop:
        main(["check", "1"])
    assert stop.value.code == 2 and capsys.readouterr().err.endswith("error: interrupted\n")
