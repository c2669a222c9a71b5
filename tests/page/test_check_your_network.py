"""The page *Check your network* of a site without Python beside it: it says so, and what to do instead."""

PAGE = "book/check_your_network.html"


def test_without_python_it_says_what_to_do_and_asks_for_nothing(visit):
    page = visit.open(PAGE)
    visit.settle()
    tool = page.get_by_role("group", name="Check a network")
    assert "This copy of the book cannot run Python" in tool.inner_text()
    assert "pip install '.[onnx]'\nhdclib inspect net.onnx" in tool.inner_text()
    for promise in ("Choose an ONNX file", "The lines to copy under"):
        assert page.locator("p", has_text=promise).count() == 1 and not page.locator("p", has_text=promise).is_visible()
    assert tool.get_by_role("button").count() == tool.locator("input").count() == 0
    assert [url for url in visit.requests if "/lite/" in url or "pyodide" in url] == []
    assert visit.complaints == [] and visit.foreign() == [] and visit.failed == []
