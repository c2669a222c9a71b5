"""Measure the built site against its rivals in the same run and print a table. Needs `make book`.

Rivals: the same figure redrawn by `ipywidgets.interact` and matplotlib in a kernel; the same chapter built with
Jupyter Book's defaults, its CDN files counted from their npm packages.
"""

import gzip
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

from jupyter_client.manager import start_new_kernel
from playwright.sync_api import sync_playwright

from benchmarks import stock_book
from benchmarks.rows import Row, arguments, report
from benchmarks.widgets import UNBOUND, painted, percentile
from tools.driving import browser as project_browser
from tools.driving import page_driver
from tools.site import serve

ROOT = Path(__file__).resolve().parents[1]
CHAPTER = "book/gridding.html"
MAP_31 = "?map.dilation_1=1&map.dilation_2=5&map.dilation_3=9"  # 31 x 31 cells
ROUNDS = 100
RUNS = 5
RIVAL = """
import io
import ipywidgets, matplotlib
matplotlib.use("agg")
import matplotlib.pyplot as plt
import hdclib as hdc
from hdclib.gridding.figures import plot_usage_map

def draw(dilation):
    plot_usage_map(hdc.usage_map([1, 5, dilation], kernel_size=3))
    plt.savefig(io.BytesIO(), format="png")
    plt.close()

slider = ipywidgets.IntSlider(9, 1, 9)
ipywidgets.interact(draw, dilation=slider)
"""


def latency(playwright, address):
    """Milliseconds from a key on a slider to the painted map: every press of some runs, each in a browser of its own.

    Now and then the browser lets a finished drawing wait for its next frame. That is counted like all else; with few
    presses it would decide the percentile by chance.
    """
    times = []
    for _ in range(RUNS):
        browser = project_browser.launch(playwright, *UNBOUND)
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        page.goto(f"{address}/{CHAPTER}{MAP_31}")
        page_driver.wait_until_ready(page)
        times += painted(page, page.get_by_role("slider", name="Dilation 3", exact=True).first, ROUNDS)
        browser.close()
    return times


def run_in(client, code):
    """Run code in a kernel and wait until all that it shows is there; an error there is one here."""
    reply = client.execute_interactive(code, output_hook=lambda message: None, timeout=60)["content"]
    if reply["status"] != "ok":
        raise RuntimeError(f"the rival failed: {reply['ename']}: {reply['evalue']}")


def rival_latency():
    """Milliseconds from a new value to the redrawn figure with interact and matplotlib in a kernel, p95."""
    manager, client = start_new_kernel(kernel_name="python3")
    times = []
    try:
        run_in(client, RIVAL)
        for value in [8, 9] * 8:
            start = time.perf_counter()
            run_in(client, f"slider.value = {value}")
            times.append(1000 * (time.perf_counter() - start))
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    return percentile(times, 0.95)


class Visitor:
    """Opens pages in fresh browser contexts and keeps what they asked for."""

    def __init__(self, browser, address):
        self.browser, self.address = browser, address

    def files(self, path):
        """Return the body of each file that a first visit of the page loads, gzipped, and what went wrong."""
        context = self.browser.new_context()
        page = context.new_page()
        bodies, trouble = {}, []
        page.on("response", lambda response: bodies.setdefault(response.url, response) and None)
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("console", lambda m: trouble.append(m.text) if m.type in ("error", "warning") else None)
        page.goto(f"{self.address}/{path}", wait_until="networkidle")
        sizes = {url: len(gzip.compress(response.body())) for url, response in list(bodies.items())}
        context.close()
        return sizes, trouble

    def drawn_after_load(self, path):
        """Return the time until the widgets are drawn, as a multiple of the load event's, of one visit."""
        context = self.browser.new_context()
        page = context.new_page()
        page.goto(f"{self.address}/{path}", wait_until="load")
        page_driver.wait_until_ready(page)
        mark, load = page.evaluate(
            "[performance.getEntriesByName('widgets-ready')[0].startTime,"
            " performance.getEntriesByType('navigation')[0].loadEventEnd]"
        )
        context.close()
        return mark / load


def own(url, path):
    """Whether a file is the page itself or one of its figures."""
    return url.split("?")[0].endswith(path) or "/_images/" in url


def budgets(playwright, address, pages):
    """Yield a row for each budget."""
    times, slow = latency(playwright, address), rival_latency()
    fast, what = percentile(times, 0.95), f"key to 31 x 31 map, p95 of {len(times)} presses"
    rival = f"{slow:.0f} ms in a kernel; median {statistics.median(times):.1f}"
    yield Row(what, f"{fast:.1f} ms", rival, fast <= 16)
    browser = project_browser.launch(playwright)
    visitor = Visitor(browser, address)
    visits = {path: visitor.files(path) for path in pages}
    first, known = sum(visits[CHAPTER][0].values()), set(visits[CHAPTER][0])
    with tempfile.TemporaryDirectory() as folder:
        stock = stock_book.first_visit(ROOT / "book" / "gridding.ipynb", Path(folder))
    met = first <= 0.9e6
    yield Row("first visit of a widget page, gzipped", f"{first / 1e6:.3f} MB", f"{stock / 1e6:.3f} MB stock", met)
    extra = {
        path: sum(size for url, size in sizes.items() if url not in known and not own(url, path))
        for path, (sizes, _) in visits.items()
        if path != CHAPTER
    }
    worst = max(extra, key=extra.get)
    met = extra[worst] <= 60e3
    yield Row("next page beyond its HTML and figures", f"{extra[worst] / 1e3:.1f} kB", f"largest: {worst}", met)
    times = statistics.median(visitor.drawn_after_load(CHAPTER) for _ in range(7))
    yield Row("first widgets drawn / load event", f"{times:.2f}", "", times <= 1.5)
    foreign = sum(not url.startswith((address, "data:", "blob:")) for sizes, _ in visits.values() for url in sizes)
    yield Row(f"requests to other hosts, {len(pages)} pages", str(foreign), "", foreign == 0)
    trouble = [f"{path}: {words}" for path, (_, said) in visits.items() for words in said]
    what = f"console errors and warnings, {len(pages)} pages"
    yield Row(what, str(len(trouble)), "; ".join(trouble[:2]), not trouble)
    browser.close()


def rows():
    """Serve the built site and measure it."""
    server = serve.open_server(0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    pages = sorted(str(path.relative_to(serve.SITE)) for path in (serve.SITE / "book").glob("*.html"))
    with sync_playwright() as playwright:
        yield from budgets(playwright, f"http://{serve.HOST}:{server.server_port}", pages)


if __name__ == "__main__":
    sys.exit(report(rows(), arguments().rows))
