"""The row of links under a chapter's title."""

import hdc_launch
import pytest

GITHUB = "https://github.com/teacher/holes"


def addresses(path, repository=GITHUB):
    return {words: href for words, _, href, _ in hdc_launch.links(path, repository, "main", "../")}


@pytest.mark.parametrize("repository", [GITHUB, GITHUB + "/", GITHUB + ".git"])
def test_binder_opens_the_very_notebook(repository):
    wanted = "https://mybinder.org/v2/gh/teacher/holes/main?urlpath=lab%2Ftree%2Fbook%2Fgridding.ipynb"
    assert hdc_launch.binder_address(repository, "main", "book/gridding.ipynb") == wanted


def test_binder_takes_any_other_host_as_a_plain_repository():
    address = hdc_launch.binder_address("https://git.example.org/a/b", "new/idea", "book/gridding.ipynb")
    assert address.startswith("https://mybinder.org/v2/git/https%3A%2F%2Fgit.example.org%2Fa%2Fb/new%2Fidea?urlpath=")


def test_python_in_the_browser_opens_the_very_notebook():
    assert addresses("book/gridding.ipynb")["Run in the browser"] == "../lite/lab/index.html?path=gridding.ipynb"
    assert addresses("book/gridding.ipynb")["Download the notebook"] == "../_sources/book/gridding.ipynb"


def test_what_is_not_in_a_repository_is_not_on_binder():
    assert "Open in Binder" not in addresses("book/coursework/sizes.ipynb")
    for repository in ("", "https://gitlab.example.org/hdc/dilated-convolution", "no address"):
        assert "Open in Binder" not in addresses("book/gridding.ipynb", repository=repository)
    assert "Open in Binder" in addresses("book/gridding.ipynb")


@pytest.mark.parametrize("name", [hdc_launch.ARCHIVE, hdc_launch.PDF])
def test_the_whole_book_is_offered_once_it_is_there(name):
    page = hdc_launch.row("book/index.ipynb", GITHUB, "main", "../")
    assert page.count(" download hidden>") == 2 and f'href="../{name}" download hidden>' in page
    offered = hdc_launch.offer(page, name)
    assert offered.count(" download hidden>") == 1 and f'href="../{name}" download>' in offered
    assert name not in hdc_launch.row("book/gridding.ipynb", GITHUB, "main", "../")
