"""The archive on a machine without network: one small file, one folder, one command, everything in it."""

import re
import subprocess
import sys
import zipfile

from tools.driving import page_driver

SIZE = 60e6  # bytes
PLACE = re.compile(r"http://127\.0\.0\.1:\d+/")


def test_it_is_one_small_file_with_one_folder(archive):
    assert archive.stat().st_size <= SIZE
    with zipfile.ZipFile(archive) as whole:
        names = whole.namelist()
    assert {name.split("/")[0] for name in names} == {archive.stem}
    wanted = ("README.txt", "serve.py", "LICENSE", "LICENSE-text", "index.html", "lite/lab/index.html")
    assert [name for name in wanted if f"{archive.stem}/{name}" not in names] == []


def test_the_readme_says_the_command_that_the_tests_use(archive):
    with zipfile.ZipFile(archive) as whole:
        said = whole.read(f"{archive.stem}/README.txt").decode()
    assert "python serve.py" in said
    assert "python -m http.server" in said


def test_the_server_prints_where_the_book_is(archive, tmp_path):
    with zipfile.ZipFile(archive) as whole:
        whole.extract(f"{archive.stem}/serve.py", tmp_path)
        whole.extract(f"{archive.stem}/index.html", tmp_path)
    command = [sys.executable, "-I", "-u", str(tmp_path / archive.stem / "serve.py"), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        said = server.stdout.readline() + server.stdout.readline()
        server.terminate()
    assert PLACE.search(said)


def test_the_start_page_leads_to_the_book(page, stick):
    page.goto(stick)
    page.wait_for_url("**/book/index.html")
    assert page.get_by_role("link", name="Download the whole book").count() == 0  # the reader has it


def test_search_finds_a_word(page, stick):
    page.goto(f"{stick}/search.html?q=gridding")
    page.wait_for_selector("#search-results li")


def test_a_slider_moves_its_figure(page, stick):
    page.goto(f"{stick}/book/gridding.html")
    page_driver.wait_until_ready(page)
    picture = page.locator(".hdc[aria-label='Usage map']").first
    before = picture.get_attribute("data-counts")
    page.locator(".noUi-handle").nth(3).focus()
    page.keyboard.press("ArrowLeft")
    page_driver.wait_for_paint(page)
    assert picture.get_attribute("data-counts") != before


def test_an_exercise_answers(page, stick):
    page.goto(f"{stick}/book/gridding.html")
    page_driver.wait_until_ready(page)
    question = page.locator(".hdc-question").first
    question.get_by_role("textbox").fill("169")
    question.get_by_role("textbox").press("Enter")
    assert question.get_attribute("data-right") == "false"
