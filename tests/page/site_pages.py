"""The pages of the built site, and what the sources say of them."""

import json
import os
from pathlib import Path

import yaml

from tools.notebooks import notebook_form

ROOT = Path(__file__).resolve().parents[2]
SITE = Path(os.environ.get("HDC_SITE", ROOT / "_build" / "html"))  # tools/site/planted_page_bugs.py names another
VIEW = f'script type="{notebook_form.WIDGET_VIEW}"'


def every_page():
    """Return the paths of all pages, relative to the site."""
    return sorted(str(path.relative_to(SITE)) for path in SITE.rglob("*.html") if "_static" not in path.parts)


def with_widgets():
    """Return the paths of the pages that show a widget."""
    return [path for path in every_page() if VIEW in (SITE / path).read_text(encoding="utf-8")]


def page_of(source):
    """Return the path of the page that a source becomes."""
    return str(Path(source).relative_to(ROOT).with_suffix(".html"))


def listed():
    """Return the paths of the pages of what ``_toc.yml`` lists."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    return [f"{name}.html" for name in notebook_form.names(toc)]


def that_should_have_widgets():
    """Return the paths of the pages whose notebooks store a widget's view."""
    return [page_of(path) for path in notebook_form.in_toc(ROOT) if _shows_widget(path)]


def _shows_widget(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    return any(notebook_form.WIDGET_VIEW in output.get("data", {}) for output in outputs)
