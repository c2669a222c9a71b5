"""What the book says and does on JupyterLite's page: on a phone, without storage, in a frame, without Python."""

import json
import os
import shutil

import pytest

from tools.driving import hosts, lab_driver

CHAPTER = "lite/lab/index.html?path=gridding.ipynb"
PYODIDE = "lite/static/pyodide"
NEW = "A sentence that the site had not before."
NOTE = "# my own note"
CURRENT = "() => window.jupyterapp.shell.currentWidget.context.path"
REFUSED = """for (const name of ["localStorage", "sessionStorage", "indexedDB"]) {
  const get = () => { throw new DOMException("denied", "SecurityError"); };
  Object.defineProperty(window, name, { get, configurable: true });
}"""


def notice(page, name):
    return page.locator(f"#hdc-notices [data-notice='{name}']")


def says(page, name):
    line = notice(page, name)
    line.wait_for(timeout=lab_driver.PATIENCE)
    return line.inner_text()


def copied(folder, target):
    """Copy the book's folder without copying its files; one that is changed must be removed first."""
    return shutil.copytree(folder, target, copy_function=os.link)


def rewritten(path, change):
    """Give a JSON file of such a copy another content."""
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content)
    path.unlink()
    path.write_text(json.dumps(content), encoding="utf-8")


def write_note(page):
    """Begin the open notebook's first cell of code with a note, and save it."""
    page.locator(f"{lab_driver.NOTEBOOK} >> nth=0").locator(".cm-content").click()
    page.keyboard.press("Control+Home")
    page.keyboard.type(f"{NOTE}\n")
    page.keyboard.press("Control+s")
    page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")


def test_on_a_phone_the_notebook_has_the_screen_until_the_reader_opens_a_side_bar(page, book):
    page.set_viewport_size({"width": 390, "height": 844})
    lab_driver.open_notebook(page, f"{book}/{CHAPTER}")
    assert page.locator(".jp-Notebook").bounding_box()["width"] >= 360
    page.keyboard.press("Escape")
    page.evaluate("() => window.jupyterapp.commands.execute('filebrowser:activate')")
    page.locator(".jp-FileBrowser").wait_for()


def test_on_a_wide_screen_the_files_of_the_book_stand_beside_the_notebook(page, book):
    lab_driver.open_notebook(page, f"{book}/{CHAPTER}")
    page.locator(".jp-FileBrowser").wait_for()
    assert page.locator("#hdc-notices").count() == 0


def test_without_storage_the_notebook_opens_and_says_that_nothing_is_kept(page, book):
    page.add_init_script(REFUSED)
    lab_driver.open_notebook(page, f"{book}/{CHAPTER}")
    assert "is gone when you close the tab" in says(page, "storage")
    write_note(page)
    notice(page, "storage").get_by_role("button", name="Close").click()
    assert notice(page, "storage").count() == 0


def test_a_frame_that_allows_nothing_is_named_and_a_tab_of_its_own_offered(page, book, tmp_path):
    course = f'<iframe sandbox="allow-scripts allow-popups" src="{book}/{CHAPTER}"></iframe>'
    (tmp_path / "course.html").write_text(course, encoding="utf-8")
    with hosts.static_host(tmp_path) as address:
        page.goto(f"{address}/course.html")
        frame = page.frame_locator("iframe")
        assert "neither keep files nor start Python" in says(frame, "storage")
        with page.context.expect_page() as opened:
            notice(frame, "storage").get_by_role("button", name="Open in a tab of its own").click()
        assert opened.value.url.endswith(CHAPTER)


@pytest.mark.parametrize("name", ["pyodide.js", "pyodide.asm.wasm"])
def test_a_missing_part_of_python_is_named(page, folder, tmp_path, name):
    broken = copied(folder, tmp_path / "book")
    (broken / PYODIDE / name).unlink()
    with hosts.static_host(broken) as address:
        page.goto(f"{address}/{CHAPTER}")
        said = says(page, "python")
    assert f"Python cannot start, so no cell will run: {address}/{PYODIDE}/{name} is not there" in said


def test_a_host_of_python_out_of_reach_is_named(lonely, folder, tmp_path):
    far = copied(folder, tmp_path / "book")

    def move(whole):
        kernels = whole["jupyter-config-data"]["litePluginSettings"]
        kernels["@jupyterlite/pyodide-kernel-extension:kernel"]["pyodideUrl"] = "https://cdn.invalid/full/pyodide.js"

    rewritten(far / "lite" / "jupyter-lite.json", move)
    with hosts.static_host(far) as address:
        page = lonely[0].new_context().new_page()
        page.goto(f"{address}/{CHAPTER}")
        assert "cdn.invalid does not answer" in says(page, "python")
        page.context.close()
    lonely[1].clear()  # what it asked for in vain


def test_a_chapter_that_has_changed_since_it_was_edited_is_offered_beside_the_readers_copy(page, folder, tmp_path):
    site = copied(folder, tmp_path / "book")

    def change(chapter):
        chapter["cells"][0]["source"] = NEW
        chapter["metadata"]["hdc"]["text"] = "0123456789"

    with hosts.static_host(site) as address:
        lab_driver.open_notebook(page, f"{address}/{CHAPTER}")
        write_note(page)
        lab_driver.open_notebook(page, f"{address}/{CHAPTER}")
        assert page.locator("#hdc-notices").count() == 0  # edited, but not changed
        rewritten(site / "lite" / "files" / "gridding.ipynb", change)
        lab_driver.open_notebook(page, f"{address}/{CHAPTER}")
        assert "The book has a newer gridding.ipynb" in says(page, "chapter gridding.ipynb")
        page.get_by_role("button", name="Open the new one").click()
        page.get_by_role("paragraph").filter(has_text=NEW).wait_for(timeout=lab_driver.PATIENCE)
        assert page.evaluate(CURRENT) == "gridding.ipynb"
        assert notice(page, "chapter gridding.ipynb").count() == 0
        lab_driver.open_notebook(page, f"{address}/{CHAPTER.replace('gridding', 'gridding-mine')}")
        assert NOTE in page.locator(f"{lab_driver.NOTEBOOK} >> nth=0").inner_text()
