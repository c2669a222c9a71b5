"""After an update of the site a page uses the scripts that were published with it, whatever a browser still keeps."""

import os
import shutil
import threading
import time
from contextlib import contextmanager

import hdc_versions
import pytest
import site_pages

from tools.driving import page_driver
from tools.site import serve

PAGE, SCRIPT, PICTURE = "book/gridding.html", "gridding/usage_map.js", ".hdc[aria-label='Usage map']"
OLD, NEW = "Usage map", "Map of use"  # what a script of each version calls its picture
A_DAY = "max-age=86400"


class LastingHandler(serve.QuietHandler):
    """Let browsers keep everything but the pages for a day, as hosts of static files do."""

    def end_headers(self):
        kept = "no-cache" if self.path.split("?")[0].endswith(".html") else A_DAY
        self.send_header("Cache-Control", kept)
        super().end_headers()


def published(target, change=lambda folder: None):
    """Copy the built site to `target` with its scripts changed, as a build of other sources would make it."""
    shutil.copytree(site_pages.SITE, target)
    change(hdc_versions.folder(target))
    hdc_versions.name_folder(target)


def rename_the_picture(folder):
    script = folder / SCRIPT
    text = script.read_text(encoding="utf-8")
    assert f'"{OLD}"' in text
    script.write_text(text.replace(f'"{OLD}"', f'"{NEW}"'), encoding="utf-8")


@contextmanager
def host(folder):
    """Serve what is in a folder now and later; yield the address."""
    server = serve.open_server(0, LastingHandler, folder)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://{serve.HOST}:{server.server_port}"
    server.shutdown()


@pytest.fixture
def visited(chromium, tmp_path):
    """Return a browser's page that shows the old site, and a function that puts another in its place."""
    live = tmp_path / "live"
    published(live)
    with host(live) as address:
        context = chromium.new_context()
        page = context.new_page()
        page.goto(f"{address}/{PAGE}")
        page_driver.wait_until_ready(page)

        def update(change):
            shutil.rmtree(live)
            published(live, change)
            later = time.time() + 10  # a host tells versions apart by the second, and two are made in one here
            os.utime(live / PAGE, (later, later))

        yield page, update
        context.close()


def names(page):
    return [picture.get_attribute("aria-label") for picture in page.locator(".hdc:has(canvas)").all()]


def again_in_the_same_tab(page):
    page_driver.come_back(page)
    return page


def in_another_tab(page):
    tab = page.context.new_page()
    tab.goto(page.url)
    page_driver.wait_until_ready(tab)
    return tab


@pytest.mark.parametrize("opened", [again_in_the_same_tab, in_another_tab])
def test_a_script_that_the_browser_still_keeps_is_out_of_reach_of_the_new_page(visited, opened):
    page, update = visited
    assert OLD in names(page)
    update(rename_the_picture)
    new = names(opened(page))
    assert NEW in new and OLD not in new


def test_the_name_of_the_folder_follows_from_what_is_in_it(tmp_path):
    folders = []
    for number, change in enumerate([lambda folder: None, rename_the_picture, lambda folder: None]):
        published(tmp_path / str(number), change)
        folders.append(hdc_versions.folder(tmp_path / str(number)).name)
    assert folders[0] == folders[2] == hdc_versions.folder(site_pages.SITE).name
    assert folders[1] != folders[0]
    page = (tmp_path / "1" / PAGE).read_text(encoding="utf-8")
    assert f"_static/{folders[1]}/" in page and folders[0] not in page and "_static/hdc/" not in page
