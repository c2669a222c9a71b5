"""One command line with one meaning of each exit status."""

import errno
import subprocess
import sys

import pytest

import course.__main__ as line
from course import export, release
from course.layout import PROJECT

COMMANDS = ["release", "collect", "grade", "feedback", "export"]


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_tells_its_exit_statuses(capsys, command):
    with pytest.raises(SystemExit) as end:
        line.main([command, "--help"])
    told = capsys.readouterr().out
    assert end.value.code == 0 and "exit status:" in told and "--course FOLDER" in told


def test_the_help_of_all_lists_every_command():
    done = subprocess.run([sys.executable, "-m", "course", "--help"], cwd=PROJECT, capture_output=True, text=True)
    assert done.returncode == 0
    assert [name for name in COMMANDS if f"    {name} " not in done.stdout] == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "COMMAND"),
        (["mark"], "invalid choice: 'mark'"),
        (["collect", "sizes"], "FROM"),
        (["grade", "sizes", "--jobs", "0"], "argument --jobs: must be a whole number of at least 1, got 0"),
        (["grade", "sizes", "--jobs", "two"], "got two"),
    ],
)
def test_what_is_typed_wrongly_is_named(capsys, arguments, words):
    with pytest.raises(SystemExit) as end:
        line.main(arguments)
    assert end.value.code == 2 and words in capsys.readouterr().err


@pytest.mark.parametrize("command", ["collect", "grade", "feedback", "export"])
def test_an_unknown_assignment_is_named_by_every_command(capsys, tmp_path, command):
    place = [str(tmp_path)] if command == "collect" else []
    assert line.main([command, "sises", *place, "--course", str(tmp_path)]) == line.STOPPED
    assert "assignment must be one of designing, gridding, rules, sizes, got 'sises'" in capsys.readouterr().err


def test_a_roster_that_makes_no_sense_stops_release_too(capsys, tmp_path):
    (tmp_path / "roster.csv").write_text("id\nada\nADA\n")
    assert line.main(["release", "--course", str(tmp_path)]) == line.STOPPED
    assert "ada are listed more than once" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (KeyboardInterrupt(), line.INTERRUPTED, "the same command goes on from there"),
        (OSError(errno.ENOSPC, "No space left on device"), line.STOPPED, "the disk is full"),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), line.STOPPED, "the disk is full"),
    ],
)
@pytest.mark.parametrize("module", [release, export])
def test_every_command_stops_in_the_same_way(monkeypatch, capsys, tmp_path, module, error, status, words):
    def fails(course, options):
        raise error

    monkeypatch.setattr(module, "run", fails)
    command = module.__name__.removeprefix("course.")
    arguments = [command, "sizes"] if command != "release" else [command]
    assert line.main([*arguments, "--course", str(tmp_path)]) == status
    assert words in capsys.readouterr().err


def test_an_error_of_ours_is_not_hidden(monkeypatch, capsys, tmp_path):
    """Python's own status for it is 1, which `make` takes for done."""
    monkeypatch.setattr(release, "run", lambda course, options: 1 / 0)
    assert line.main(["release", "--course", str(tmp_path)]) == line.STOPPED
    told = capsys.readouterr().err
    assert "Traceback" in told and "ZeroDivisionError" in told and "mistake of the program itself" in told
