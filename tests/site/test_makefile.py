"""The commands of the Makefile: each is one whatever files there are, and `make help` says what it is for."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMMAND = re.compile(r"^([a-z][a-z-]*):(?!=)", re.MULTILINE)
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
RULES = ".PHONY: green red last\ngreen red last:\n\t@echo ran $@; test $@ != red\n"


def make(*arguments, folder=ROOT):
    return subprocess.run(["make", *arguments], cwd=folder, capture_output=True, text=True, check=False)


def test_a_folder_with_the_name_of_a_command_stops_none():
    rules = make("--print-data-base", "--question", "help").stdout
    phony = re.search(r"^\.PHONY: (.*)$", rules, re.MULTILINE)[1].split()
    commands = COMMAND.findall(MAKEFILE)
    assert {"release", "test", "book"} <= set(commands) <= set(phony)


def test_help_says_what_every_command_is_for_by_who_needs_it():
    said = make("help").stdout
    assert re.findall(r"^For (\w+)$", said, re.MULTILINE) == ["readers", "authors", "teachers", "maintainers"]
    told = re.findall(r"^  ([a-z-]+) +\S", said, re.MULTILINE)
    assert sorted(told) == sorted(COMMAND.findall(MAKEFILE))


@pytest.fixture
def run_parts(tmp_path):
    """Return a function that runs parts of a small Makefile and gives the exit status and what was printed."""
    (tmp_path / "Makefile").write_text(RULES)

    def run(*parts):
        command = [sys.executable, "-m", "tools.setup.run_parts", *parts]
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout

    return run


def test_the_parts_are_run_in_turn_and_the_time_of_each_is_printed(run_parts):
    status, said = run_parts("green", "last")
    assert status == 0 and said.index("ran green") < said.index("ran last")
    assert re.findall(r"^(\w+) +\d+ s +\d+ s$", said, re.MULTILINE) == ["green", "last"]


def test_the_first_part_that_fails_is_the_last_that_is_run(run_parts):
    status, said = run_parts("green", "red", "last")
    assert status != 0 and "ran red" in said and "ran last" not in said
    assert re.search(r"^red .*FAILED$", said, re.MULTILINE) and "last       not run" in said


@pytest.mark.parametrize(("status", "passes"), [(0, True), (1, True), (2, False), (130, False)])
def test_a_list_of_who_needs_a_human_is_no_error_of_make(tmp_path, status, passes):
    rule = re.search(r"^OR_NEEDS_A_HUMAN = .*$", MAKEFILE, re.MULTILINE)[0]
    (tmp_path / "Makefile").write_text(f"{rule}\ngrade:\n\t@sh -c 'exit {status}' $(OR_NEEDS_A_HUMAN)\n")
    done = make("grade", folder=tmp_path)
    assert (done.returncode == 0, f"Error {status}" in done.stderr) == (passes, not passes)


def test_the_commands_that_name_humans_to_ask_end_so():
    for command in ("collect", "grade"):
        rule = MAKEFILE.split(f"\n{command}: ", 1)[1].split("\n\n", 1)[0]
        assert rule.endswith("$(OR_NEEDS_A_HUMAN)")
