"""Plant bugs in a copy of the built site and show that each turns its own test of the pages red.

All are planted at once, each where only its own test looks, so that one run of those tests is enough. Prints a line
for each bug and exits with 1 if one went unnoticed.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tools.mutants.entries import ROOT, Mutant

SITE = ROOT / "_build" / "html"
END = "</article>"  # of a page's text


@dataclass(frozen=True, kw_only=True)
class Bug(Mutant):
    """A mutant of a file of the site, and the test that must turn red."""

    test: str


def bug(kind, file, right, wrong, test):
    """A bug from its five texts."""
    return Bug(file, kind, right, wrong, test=test)


def added(kind, page, markup, test):
    """A bug that is something added at the end of a page."""
    return bug(kind, f"book/{page}.html", END, markup + END, test.replace("PAGE", f"book/{page}.html"))


BUGS = (
    added("text wider than a phone", "glossary", '<p style="width: 500px">wide</p>',
          "test_on_a_phone.py::test_text_does_not_scroll_sideways[PAGE-390]"),
    added("grey text on white", "bibliography", '<p style="color: #bbb">pale</p>',
          "test_pages.py::test_axe_finds_no_violation[PAGE]"),
    added("dark text on the dark page", "one_page", '<p style="color: #555">dim</p>',
          "test_on_a_phone.py::test_axe_finds_no_violation[PAGE]"),
    added("a picture without a text in its place", "api", '<img src="../_static/favicon.svg">',
          "test_html.py::test_every_picture_has_a_text_in_its_place[PAGE]"),
    added("a file that is missing", "glossary", '<img alt="a cat" src="missing.png">',
          "test_pages.py::test_after_all_this_the_page_was_quiet_and_asked_no_other_host[PAGE]"),
    added("an error half a second after the page", "misconceptions", '<script src="../_static/late.js"></script>',
          "test_pages.py::test_after_all_this_the_page_was_quiet_and_asked_no_other_host[PAGE]"),
    bug("a sample that is called padding", "_static/hdc-*/sizes/stepper_maths.js", "at >= 0 &&", "at > 0 &&",
        "test_dilated_convolution.py::test_each_slider_moves_the_stepper_by_keyboard[convolution]"),
    bug("a player that cannot be stopped", "_static/hdc-*/kit/player.js", "= [at, on, 0", "= [at, on || through, 0",
        "test_dilated_convolution.py::test_play_walks_and_stops_when_the_reader_takes_over"),
    bug("a second file from one click", "_static/hdc-*/kit/saving.js", "download(svgOf(sheet), file);\n",
        "{ download(svgOf(sheet), file); download(svgOf(sheet), file); }\n",
        "test_every_widget.py::test_each_save_button_gives_one_file_of_its_kind[book/why_dilate.html]"),
    bug("a word that is not defined", "_static/hdc-*/training/trained_viewer.js", "Over all test pictures",
        "${undefined} Over all test pictures",
        "test_every_widget.py::test_every_control_works_through_its_ends_and_middle[book/trained_networks.html]"),
)  # fmt: skip
LATE = 'setTimeout(() => console.error("late"), 500);\n'
# The page with the late error is looked at for longer than that by the tests before the one that must turn red.
LONGER = "test_pages.py::test_axe_finds_no_violation[book/misconceptions.html]"


def plant(site):
    """Put all bugs into a copy of the site; complain if the place of one has gone."""
    (site / "_static" / "late.js").write_text(LATE, encoding="utf-8")
    for one in BUGS:
        path = next(site.glob(one.file), None)
        if path is None:
            raise SystemExit(f"{one.file} is not on the site")
        try:
            path.write_text(one.planted(path.read_text(encoding="utf-8")), encoding="utf-8")
        except ValueError as error:
            raise SystemExit(str(error)) from None


def red_tests(site):
    """Run the bugs' tests on a site; return the names of those that fail."""
    names = [f"tests/page/{test}" for test in [LONGER, *dict.fromkeys(planted.test for planted in BUGS)]]
    command = [sys.executable, "-m", "pytest", "-q", "-rf", "--tb=no", *names]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | {"HDC_SITE": str(site)}, capture_output=True, text=True)
    if done.returncode not in (0, 1):  # some passed or failed; anything else is no answer
        raise SystemExit(f"the tests did not run: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return [line.split()[1] for line in done.stdout.splitlines() if line.startswith("FAILED ")]


def main():
    """Plant, test, and say which bugs were seen."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "html"
        shutil.copytree(SITE, site)
        if broken := red_tests(site):
            raise SystemExit(f"without any bug these tests fail: {broken}")
        plant(site)
        red = red_tests(site)
    unseen = [one for one in BUGS if f"tests/page/{one.test}" not in red]
    for one in BUGS:
        print(f"{one.mistake:42} {'NOT SEEN' if one in unseen else 'red: ' + one.test}")
    return 1 if unseen else 0


if __name__ == "__main__":
    sys.exit(main())
