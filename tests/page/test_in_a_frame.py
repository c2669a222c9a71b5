"""The book in a frame of another site, as on a platform for courses."""

import pytest

from tools.driving import hosts

CHAPTER = "book/gridding.html"
RUN = "Run in the browser"
LITE = "lite/lab/index.html?path=gridding.ipynb"


@pytest.fixture
def frame(fresh_visit, request, tmp_path):
    """Return the chapter in a frame, whose attributes a test gives, on a page of another site."""
    page, source = fresh_visit.page, f"{fresh_visit.address}/{CHAPTER}"
    course = f'<p>A course</p><iframe {request.param} width="1000" height="800" src="{source}"></iframe>'
    (tmp_path / "course.html").write_text(course, encoding="utf-8")
    with hosts.static_host(tmp_path) as address:
        page.goto(f"{address.replace('127.0.0.1', 'localhost')}/course.html")
        yield page.frame(url=source)


@pytest.mark.parametrize("frame", [""], indirect=True)
def test_python_opens_in_a_tab_of_its_own(frame):
    with frame.page.context.expect_page() as opened:
        frame.get_by_role("link", name=f"{RUN} (in a new tab)").click()
    assert opened.value.url.endswith(LITE)
    assert frame.url.endswith(CHAPTER)


@pytest.mark.parametrize("frame", ['sandbox="allow-scripts allow-same-origin"'], indirect=True)
def test_a_frame_that_opens_no_tab_says_the_address(frame):
    frame.get_by_role("link", name=RUN).click()
    said = frame.get_by_role("alert").filter(has_text="opens no tab").inner_text()
    assert said.endswith(LITE)


def test_outside_of_a_frame_it_opens_where_the_reader_is(visit):
    link = visit.open(CHAPTER).get_by_role("link", name=RUN, exact=True)
    assert link.get_attribute("target") is None
