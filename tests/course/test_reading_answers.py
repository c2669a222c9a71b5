"""A hostile answer does nothing on the pages of who grades it, nor on those of feedback: tried in Chromium."""

import html
import http.client
import json
import re
import socket
import subprocess
import sys
import threading
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import courses
import hostile
import nbformat
import pytest
from bs4 import BeautifulSoup
from growing import grows_with_its_input
from nbconvert.exporters import HTMLExporter
from playwright.sync_api import expect, sync_playwright

from course import feedback
from course.layout import PROJECT
from course.plan import Assignment, prepare
from course.results import gradebook
from course.results.harmless import harmless, rendered, sanitised
from course.results.pages import FORMGRADER
from course.results.standing import standing
from tools.driving.browser import launch

PATIENCE = 120_000  # milliseconds, for a busy machine: what is waited for is an event
expect.set_options(timeout=PATIENCE)
NAME = "<img src=x onerror='window.hit=1'>\x1b[2J"
ALLOWED_SRC = re.compile(r"data:image/(png|jpeg|gif);base64,|http://127\.0\.0\.1:\d+/formgrader/|/formgrader/")


class Host(ThreadingHTTPServer):
    """Another host, which remembers what it is asked for."""

    def __init__(self):
        self.asked = []
        super().__init__(("127.0.0.1", 0), _Remembering)
        self.address = f"http://127.0.0.1:{self.server_address[1]}"


class _Remembering(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(self.path)
        self.send_response(204)
        self.end_headers()

    do_POST = do_GET

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def evil():
    """A host that no page may ask for anything."""
    with Host() as host:
        threading.Thread(target=host.serve_forever, daemon=True).start()
        yield host
        host.shutdown()


def make_graded(root, address):
    """Return a course in which each student's graded notebook holds every hostile text and output."""
    course = courses.make_course(root, ["ada", "ben"])
    roster = course.roster.read_text().replace("Ada,", f"{NAME},")
    course.roster.write_text(roster)
    assignment = Assignment(course, "small")
    gradebook.register(course, "small", assignment.source)
    for student in ("ada", "ben"):
        text = "\n\n".join(hostile.TEXTS.values()).replace("EVIL", address)
        courses.hand_in(course, student, courses.changed(courses.solved(course, student), written=text))
        job, _, _ = prepare(assignment, assignment.roster[student], course.submitted(student, "small"))
        notebook = nbformat.reads(job["notebook"], as_version=4)
        notebook.cells += hostile.cells(address)
        gradebook.save(course, "small", assignment.roster[student], json.dumps(notebook))
    return course


@pytest.fixture(scope="module")
def course(tmp_path_factory, evil):
    return make_graded(tmp_path_factory.mktemp("hostile"), evil.address)


@pytest.fixture(scope="module")
def server(course):
    """The address of the course's formgrader, with its token."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    folders = ["--course", str(course.root), "--assignments", str(course.assignments)]
    command = [sys.executable, "-m", "course", "formgrader", *folders, "--no-browser", "--port", str(port)]
    with subprocess.Popen(command, cwd=PROJECT, stderr=subprocess.PIPE, text=True) as process:
        found = next(filter(None, (re.search(r"token=(\w+)", line) for line in process.stderr)))
        rest = threading.Thread(target=process.stderr.read)  # a full pipe would stop the server
        rest.start()
        wait_for(port)
        yield f"http://127.0.0.1:{port}", found[1]
        process.kill()
        rest.join()


def wait_for(port):
    """Return when the server takes connections; it tells its token before that."""
    while True:
        with socket.socket() as asks:
            if asks.connect_ex(("127.0.0.1", port)) == 0:
                return


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        yield launch(playwright)


@pytest.fixture
def page(browser):
    """A page that remembers what was said in dialogues."""
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.said = []
    page.on("dialog", lambda dialog: (page.said.append(dialog.message), dialog.dismiss()))
    yield page
    context.close()


def submission(server, at=0):
    """Return the address of a submission's page."""
    home, token = server
    with urllib.request.urlopen(f"{home}/formgrader/api/submitted_notebooks/small/small?token={token}") as answer:
        return f"{home}/formgrader/submissions/{json.load(answer)[at]['id']}/?token={token}"


def scores(course):
    return {student: dict(found) for student, found in standing(course, "small").items()}


def poke(page):
    """Use the page as somebody who grades would: over every element, with the keyboard, on every link of the answer."""
    for link in page.locator("#notebook a").all():
        if (link.get_attribute("href") or "").startswith(("javascript", "data")):
            link.click()
    page.mouse.wheel(0, 4000)
    page.keyboard.press("Tab")


def test_nothing_on_the_page_of_a_hostile_answer_acts(course, server, page, evil):
    before = scores(course)
    address = submission(server)
    page.goto(address)
    expect(page.locator("#test_total")).to_have_attribute("placeholder", "3")
    poke(page)
    page.wait_for_load_state("load")
    assert page.evaluate("window.hit") is None
    assert evil.asked == []
    assert page.url.partition("?")[0] == address.partition("?")[0]
    assert page.said == []
    assert scores(course) == before


COULD_ACT = """() => {
    const active = 'script,iframe,object,embed,svg,math,form,input,button,base,meta,link,style,template';
    const wrong = [];
    for (const part of document.querySelectorAll('.text_cell_render, .output_area, .input_area')) {
        const isText = part.matches('.text_cell_render');
        for (const element of part.querySelectorAll('*')) {
            const names = element.getAttributeNames();
            const named = ['id', 'name', 'class', 'style'].some((name) => isText && names.includes(name));
            const leads = /^(?!https?:|mailto:)/.test(element.getAttribute('href') ?? 'https:');
            if (named || leads || element.matches(active) || names.some((name) => /^on|^srcdoc/.test(name)))
                wrong.push(element.outerHTML.slice(0, 200));
        }
    }
    return wrong;
}"""


def test_the_answer_brings_no_element_that_could_act(server, page):
    page.goto(submission(server))
    answers = page.locator(".text_cell_render, .output_area, .input_area").all()
    assert len(answers) > 60
    found = page.evaluate(COULD_ACT)
    assert found == []


def test_the_formgrader_still_takes_points_comments_and_shows_names(course, server, page):
    page.goto(submission(server, 1))
    expect(page.locator("#test_total")).to_have_attribute("placeholder", "3")
    with page.expect_response(lambda answer: "/api/grade/" in answer.url and answer.request.method == "PUT"):
        page.locator("#written").fill("1.5")
        page.keyboard.press("Tab")
    with page.expect_response(lambda answer: "/api/comment/" in answer.url and answer.request.method == "PUT"):
        page.locator("#written-comment").fill("well said")
        page.keyboard.press("Tab")
    assert 1.5 in {found["written"][1] for found in scores(course).values()}
    page.locator(".glyphicon.name-hidden").click()
    expect(page.locator("a.name-shown")).to_be_visible()


def test_a_hostile_name_is_text_in_every_list(server, page):
    home, token = server
    for path in ("gradebook", "gradebook/small", "gradebook/small/small", "manage_students", "manage_students/ada"):
        page.goto(f"{home}/formgrader/{path}?token={token}")
        expect(page.locator("#main-table")).not_to_contain_text("Loading")
        assert page.evaluate("window.hit") is None
        assert page.locator("#main-table img").count() == 0
    page.goto(f"{home}/formgrader/manage_students?token={token}")
    expect(page.locator("#main-table")).to_contain_text("\\x1b[2J")


SLIPPED = """
<img src=x onerror="window.hit=1"><img src="EVIL/p.png"><a id=slipped onclick="window.hit=1">x</a>
<iframe srcdoc="<script>parent.hit=1</script>"></iframe><iframe src="EVIL/f"></iframe><base href="EVIL/">
<link rel=stylesheet href="EVIL/s.css"><object data="EVIL/o"></object>
"""


def test_the_policy_alone_stops_what_would_slip_through(server, page, evil):
    page.goto(submission(server))
    page.evaluate("text => document.body.insertAdjacentHTML('beforeend', text)", SLIPPED.replace("EVIL", evil.address))
    page.evaluate("host => fetch(host + '/said').catch(() => {})", evil.address)
    page.locator("#slipped").dispatch_event("click")
    page.wait_for_load_state("load")
    assert page.evaluate("window.hit") is None
    assert evil.asked == []
    assert page.evaluate("document.baseURI").startswith(server[0])


@pytest.mark.parametrize(
    "path",
    ["api/contents", "api/contents/secret.txt", "api/kernels", "api/kernelspecs", "api/sessions", "api/terminals",
     "terminals/1", "terminals/websocket/1", "files/secret.txt", "files/gradebook.db", "view/secret.txt", "tree", "lab",
     "nbconvert/html/a.ipynb", "formgrader/submissions/ID/../../../../secret.txt",
     "formgrader/submissions/ID/secret.txt", "formgrader/submissions/ID/%2e%2e/%2e%2e/%2e%2e/secret.txt",
     "formgrader/static/..%2f..%2f..%2f..%2fapi.py",
     "formgrader/static//etc/passwd", "formgrader/api/submission/small/ada/autograde", "static/../../../etc/passwd"],
)  # fmt: skip
def test_the_server_gives_no_terminal_no_kernel_and_no_file(course, server, path):
    home, token = server
    found = re.search(r"submissions/(\w+)/", submission(server))[1]
    asks = http.client.HTTPConnection(home.removeprefix("http://"), timeout=600)
    for method in ("GET", "POST"):
        asks.request(method, f"/{path.replace('ID', found)}?token={token}", headers={"Authorization": f"token {token}"})
        answer = asks.getresponse()
        text = answer.read()
        assert answer.status in (403, 404, 405), (method, answer.status)
        assert course.secret.read_bytes().strip() not in text and b"root:" not in text


def test_another_folders_settings_are_not_loaded(server, tmp_path):
    home, token = server
    (tmp_path / "nbgrader_config.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w').write('x')")
    urllib.request.urlopen(f"{home}/formgrader/?path={tmp_path}&token={token}").read()
    assert not (tmp_path / "ran").exists()


def test_without_the_token_the_server_says_nothing(server):
    with urllib.request.urlopen(f"{server[0]}/formgrader/gradebook") as answer:
        assert "/login" in answer.url and b"small" not in answer.read()


def test_nothing_on_a_page_of_feedback_acts(course, page, evil):
    assert feedback.write_feedback(course, "small") == (["ada", "ben"], {})
    path = course.root / "feedback" / "ada" / "small" / "small.html"
    page.goto(path.as_uri())
    assert page.evaluate("window.hit") is None and page.url == path.as_uri()
    page.evaluate("text => document.body.insertAdjacentHTML('beforeend', text)", SLIPPED.replace("EVIL", evil.address))
    page.locator("#slipped").dispatch_event("click")
    page.wait_for_load_state("load")
    assert page.evaluate("window.hit") is None
    assert evil.asked == []


def test_a_stock_formgrader_finds_nothing_that_acts_either(course):
    exporter = HTMLExporter(template_name="formgrade", extra_template_basedirs=[str(FORMGRADER / "templates")])
    known = dict.fromkeys(("base_url", "submission_id", "notebook_id", "assignment_id", "student", "last_name",
                           "first_name", "notebook_path"), "x") | {"index": 0, "total": 1}  # fmt: skip
    text, _ = exporter.from_filename(str(course.autograded("ada", "small")), resources=known)
    soup = BeautifulSoup(text, "html.parser").find(id="notebook")
    assert (
        soup.find_all(["script", "iframe", "object", "svg", "form", "base", "meta", "link", "style", "template"]) == []
    )
    assert [tag for tag in soup.find_all(True) if any(name.startswith("on") for name in tag.attrs)] == []
    assert [tag["src"] for tag in soup.find_all(src=True) if not ALLOWED_SRC.match(tag["src"])] == []


@pytest.mark.parametrize("name", hostile.TEXTS)
def test_what_was_rendered_once_stays_as_it_is(name):
    made = rendered(hostile.TEXTS[name])
    assert rendered(made) == made and "\n" not in made
    assert "hit=1" not in re.sub(r">[^<]*<", "><", sanitised(made))  # nowhere but in text


@pytest.mark.parametrize("text", ["if r<K and M>K, holes", "a list<int> it is", "if a<b then K>c", "<K and M> it is"])
def test_comparisons_are_no_tags(text):
    """Between < and > all was dropped, unseen by the teacher."""
    assert html.escape(text) in rendered(text)


@pytest.mark.parametrize("part", ["= ", "  ", "a= ", "<a "])
def test_a_tag_without_an_end_takes_no_longer_than_it_is_long(part):
    assert grows_with_its_input(lambda times: rendered(f"<div {part * times}"))


def test_what_a_text_needs_is_kept():
    made = rendered("# T\n\n**b** *i* `c` [l](https://example.org)\n\n| a |\n|---|\n| 1 |\n\n1. x\n\n```\na\n\nb\n```")
    for part in ("<h1>", "<strong>", "<em>", "<code>", 'href="https://example.org"', "<table>", "<ol>", "a&#10;&#10;b"):
        assert part in made


def test_a_picture_is_kept_if_it_is_one():
    png = "data:image/png;base64,iVBORw0KGgo="
    assert png in rendered(f"![a plot]({png})")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(outputs=[
        nbformat.v4.new_output("display_data", {"image/png": "iVBORw0KGgo=\n"}),
        nbformat.v4.new_output("display_data", {"image/png": "PHN2Zz4="})])])  # fmt: skip
    assert [output.data for output in harmless(notebook).cells[0].outputs] == [{"image/png": "iVBORw0KGgo="}]
