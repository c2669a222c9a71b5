"""Pages for the teacher: one file each, which needs no network, runs no script, and follows light and dark."""

import html

from course.results.pages import page_policy
from course.showing import visible

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title><style>
:root {{ color-scheme: light dark; --paper: #fff; --ink: #1f2328; --line: #c9d1d9; --mark: #fff3b0; }}
@media (prefers-color-scheme: dark) {{
:root {{ --paper: #14181d; --ink: #e6edf3; --line: #4a5460; --mark: #4d4200; }} }}
body {{ font: 1rem/1.5 sans-serif; max-width: {width}; margin: auto; padding: 1rem; background: var(--paper);
color: var(--ink); }}
div {{ overflow-x: auto; }} table {{ border-collapse: collapse; }} img {{ max-width: 100%; height: auto; }}
td, th {{ border-bottom: 1px solid var(--line); padding: 0.2rem 0.6rem; text-align: left; vertical-align: top; }}
{style}</style></head><body><h1>{title}</h1>{body}</body></html>
"""


def report_page(title, body, width="48rem", style=""):
    """Return a page; `title` is a text, `body` and `style` are ours and stand as they are."""
    words = html.escape(visible(title))
    return PAGE.format(policy=page_policy(), title=words, body=body, width=width, style=style)


def table(heads, rows):
    """Return a table of texts as an element of a page."""
    lines = ["".join(f"<td>{html.escape(visible(str(cell)))}</td>" for cell in row) for row in rows]
    head = "".join(f"<th>{html.escape(cell)}</th>" for cell in heads)
    return f"<div><table><tr>{head}</tr>{''.join(f'<tr>{line}</tr>' for line in lines)}</table></div>"
