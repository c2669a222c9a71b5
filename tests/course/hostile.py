"""Answers that want to act in the browser of whoever reads them; each would reach for `window.hit` or another host."""

import base64

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell

HIT = "window.hit=1"
SVG = base64.b64encode(f"<svg xmlns='http://www.w3.org/2000/svg' onload='{HIT}'/>".encode()).decode()
DRAWN = f"data:image/svg+xml;base64,{SVG}"
TEXTS = {
    "a handler": f"<img src=x onerror='{HIT}'>",
    "a handler without quotes": f"<img/src=x/onerror={HIT}>",
    "a script": f"<script>{HIT}</script>",
    "a script of another host": "<script src='EVIL/x.js'></script>",
    "a frame": f"<iframe srcdoc='<script>parent.{HIT}</script>'></iframe>",
    "a frame of another host": "<iframe src='EVIL/frame'></iframe>",
    "a link that runs": f"[click](javascript:{HIT}) <a href='java\tscript:{HIT}'>click</a>",
    "a link of data": f"<a href='data:text/html,<script>{HIT}</script>'>click</a>",
    "another base": "<base href='EVIL/'>",
    "a page that moves on": "<meta http-equiv='refresh' content='0; url=EVIL/moved'>",
    "a picture of another host": "![x](EVIL/p.png) <img src='EVIL/q.png' srcset='EVIL/r.png 2x'>",
    "a style of another host": "<link rel=stylesheet href='EVIL/s.css'><style>@import 'EVIL/t.css';</style>",
    "a style attribute": "<p style='background:url(EVIL/u.png);position:fixed;inset:0'>over all</p>",
    "a drawing": f"<svg onload='{HIT}'><script>{HIT}</script><image href='EVIL/v.png'/></svg>",
    "a drawing as a picture": f"![x]({DRAWN}) <object data='{DRAWN}'></object>",
    "a form": "<form action='EVIL/form'><input id=written name=submission_id><button>Full credit</button></form>",
    "formulas that run": r"$\href{javascript:window.hit=1}{x}$ $\style{background:url(EVIL/w)}{x}$ \(\unicode{x<b>}\)",
    "mixed name spaces": f"<math><mtext><table><mglyph><style><img src=x onerror='{HIT}'>",
    "a comment that ends early": f"<!-- --!><img src=x onerror='{HIT}'> -->",
    "text that is not shown": f'<noscript><p title="</noscript><img src=x onerror={HIT}>"></noscript>',
    "a diagram": f"```mermaid\ngraph TD; A[<img src=x onerror='{HIT}'>]\n```",
    "an attachment": "![x](attachment:gone.svg)",
    "a title": f"[x](https://example.org \"'><img src=y onerror='{HIT}'>\")",
    "a heading": f"# <a id=submission_id href='javascript:{HIT}'>x</a>\"><img src=x onerror={HIT}>",
    "names of the page": "<a id=submission_id name=base_url class=score>x</a> <input class=score id=test_total>",
}


def _shown(data):
    return {"output_type": "display_data", "data": data, "metadata": {}}


OUTPUTS = [
    _shown({"text/html": f"<script>{HIT}</script><img src=EVIL/1 onerror='{HIT}'>"}),
    _shown({"text/markdown": f"<img src=x onerror='{HIT}'>", "text/latex": "<b>"}),
    _shown({"application/javascript": HIT, "image/svg+xml": f"<svg onload='{HIT}'/>"}),
    _shown({"image/png": f"x\"><img src=x onerror='{HIT}'>"}),
    _shown({"image/png": SVG, "image/jpeg": [f"<img src=x onerror='{HIT}'>"]}),
    _shown({"application/vnd.jupyter.widget-view+json": {"model_id": f"'><b>{HIT}</b>"}}),
    _shown({"text/plain": f"<script>{HIT}</script>\x1b]8;;javascript:{HIT}\x07"}),
    _shown({"text/plain": {"a": 1}}),
    {"output_type": "stream", "name": f"x'><script>{HIT}</script>", "text": f"<script>{HIT}</script>"},
    {"output_type": "error", "ename": f"<script>{HIT}</script>", "evalue": "", "traceback": [f"<i>{HIT}</i>"]},
    {"output_type": f"<script>{HIT}</script>", "data": {}},
]  # fmt: skip


def cells(evil):
    """Return cells with all of these texts, as Markdown and as raw cells, and one with the outputs."""
    made = []
    for text in TEXTS.values():
        text = text.replace("EVIL", evil)
        made += [
            new_markdown_cell(text),
            new_raw_cell(text),
            new_raw_cell(text, metadata={"raw_mimetype": "text/html"}),
        ]
    code = new_code_cell(f"'<script>{HIT}</script>'")
    code.outputs = [nbformat.from_dict(_with_host(output, evil)) for output in OUTPUTS]
    code.execution_count = f"1<img src=x onerror='{HIT}'>"
    made[0]["attachments"] = {"gone.svg": {"image/svg+xml": SVG}}
    return [*made, code]


def _with_host(output, evil):
    """Return an output that names the other host."""
    found = output.get("data", {}).items()
    data = {kind: value.replace("EVIL", evil) if isinstance(value, str) else value for kind, value in found}
    return {**output, "data": data} if data else output
