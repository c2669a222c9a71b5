"""Take pictures of built pages, wide and narrow, light and dark, into ``_build/screens``."""

import argparse
import itertools
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright

from tools.driving import browser, page_driver
from tools.site import serve

SCREENS = Path(__file__).resolve().parents[2] / "_build" / "screens"
SIZES = {"wide": (1400, 900), "narrow": (390, 844)}
SCHEMES = ("light", "dark")


def shoot(chromium, url, name, size, scheme, whole):
    """Save one picture of a page and return its path."""
    width, height = SIZES[size]
    context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    page = context.new_page()
    page.goto(url)
    page_driver.wait_until_ready(page)
    page_driver.wait_until_idle(page)
    path = SCREENS / f"{name}-{size}-{scheme}.png"
    page.screenshot(path=path, full_page=whole)
    context.close()
    return path


def main():
    """Serve the site, take the pictures and print their paths."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", nargs="+", help="such as book/gridding.html#a-heading")
    parser.add_argument("--whole", action="store_true", help="the whole page, not only what fits the window")
    options = parser.parse_args()
    server = serve.open_server(0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        chromium = browser.launch(playwright)
        for page, size, scheme in itertools.product(options.pages, SIZES, SCHEMES):
            name = page.replace("/", "-").replace(".html", "").replace("#", "-")
            url = f"http://{serve.HOST}:{server.server_port}/{page}"
            print(shoot(chromium, url, name, size, scheme, options.whole), flush=True)


if __name__ == "__main__":
    main()
