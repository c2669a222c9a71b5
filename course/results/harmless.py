"""Take from a graded notebook what could act in the browser of whoever grades it or reads the feedback.

Written answers are rendered first and sanitised then, so that nothing which a renderer makes of a text is overlooked;
what is stored is HTML in one line, which every renderer of notebooks passes on as it is.
"""

import copy
import html
import itertools
import re
from urllib.parse import unquote

import nh3
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat.v4 import new_output

from course.reading.pictures import picture, read_pictures
from course.reading.preflight import whole_text

TAGS = {"a", "b", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6",
        "hr", "i", "img", "kbd", "li", "ol", "p", "pre", "s", "span", "strong", "sub", "sup", "table", "tbody", "td",
        "th", "thead", "tr", "u", "ul"}  # fmt: skip
ATTRIBUTES = {"*": set(), "a": {"href"}, "img": {"src", "alt"}, "ol": {"start"}}
EMPTY = {"script", "style", "template", "noscript", "iframe", "object", "svg", "math", "title", "textarea", "select"}
TAG = re.compile(r"</?([a-z][a-z0-9]*)(/?\s*/?>|\s[^=>]*=[^>]*>)", re.IGNORECASE)  # no part can end at many places
PICTURE = re.compile(r"data:image/(?:png|jpeg|gif);base64,[A-Za-z0-9+/=]+")
LINK = re.compile(r"(https?://|mailto:)", re.IGNORECASE)
#: Characters that are rendered, without those of pictures; renderers take ever longer, so a longer answer is shown as
#: it was typed, and its pictures below.
LONGEST = 30_000
PASTED = re.compile(r"""(?<=src=)(["']?)(attachment:[^"'\s<>]+)\1""", re.IGNORECASE)
WRITTEN = re.compile(r"attachment:(picture-\d+)")
IMAGE = re.compile(r'<img((?:\s+[a-z]+="[^"]*")*)\s*>')  # as the sanitiser writes one
LINES = re.compile(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029\u2424]")


class _Renderer(IPythonRenderer):
    """Renders a written answer with the pictures pasted into it."""

    def __init__(self, pictures):
        super().__init__(escape=False, exclude_anchor_links=True)
        self.pictures = pictures

    def inline_html(self, html):
        return super().inline_html(self._with_pasted(_compared(html)))

    def block_html(self, html):
        return super().block_html(self._with_pasted(_compared(html)))

    def _with_pasted(self, made):
        return PASTED.sub(lambda found: f'"{self._embed_image_or_attachment(found[2])}"', made)

    def _embed_image_or_attachment(self, src):
        return self.pictures.get(unquote(src.removeprefix("attachment:")), src)


def _compared(made):
    """Return HTML as it is, but as text where it is none: in "r<K and M>K" stand two comparisons, and no tag."""
    first = TAG.match(made)
    known = first and first[1].lower() in TAGS | EMPTY
    return made if known or made.startswith(("<!", "<?")) else html.escape(made)


def harmless(notebook):
    """Return a copy of a notebook in which nothing can act: cells are text or sanitised, outputs text or pictures."""
    made = copy.deepcopy(notebook)
    for cell in made.cells:
        pictures = read_pictures(cell.pop("attachments", None))
        cell.source = _text(cell.source)
        if cell.cell_type == "code":
            cell.outputs = [kept for output in cell.outputs if (kept := _plain_output(output))]
            cell.execution_count = cell.execution_count if type(cell.execution_count) is int else None
        else:
            is_text = cell.cell_type == "markdown"
            cell.source = rendered(cell.source, pictures) if is_text else _shown(*_apart(cell.source, pictures))
            cell.cell_type = "markdown"
    return made


def rendered(text, pictures=None):
    """Return a text in Markdown as one line of HTML in which nothing can act.

    Parameters
    ----------
    text : str
    pictures : dict, optional
        Those pasted into the text, as `read_pictures` returns them.

    Examples
    --------
    >>> from course.results.harmless import rendered
    >>> rendered("**yes** <img src=x onerror=alert(1)>")
    '<div><p><strong>yes</strong> [a picture is left out]</p>&#10;</div>'
    """
    if text.startswith("<div>") and text.endswith("</div>") and not LINES.search(text):  # as stored
        return LINES.sub("&#10;", sanitised(text))
    text, addresses = _apart(text, pictures or {})
    if len(text) > LONGEST:
        return _shown(text, addresses)
    try:
        made = MarkdownWithMath(renderer=_Renderer(addresses)).render(text)
    except (Exception, RecursionError):  # of a text that only wants to break its reader
        return _shown(text, addresses)
    unplaced = {name: addresses[name] for name in WRITTEN.findall(made) if name in addresses}
    return _in_one_line(IMAGE.sub(_or_words, sanitised(made)) + _below(unplaced))


def _or_words(image):
    """Return a picture, or words in the place of one that is not shown: of another host, too large, or none at all."""
    if ' src="' in image[1]:
        return image[0]
    name = html.unescape(image[1].partition(' alt="')[2].partition('"')[0])
    return html.escape(f"[a picture is left out{': ' if name else ''}{name}]")


def _apart(text, pictures):
    """Return a text with names for the pictures that are written into it, and the addresses of all: name → address.

    Renderers take ever longer for a text as long as a picture.
    """
    numbers = itertools.count(1)
    first = {name: next(iter(forms.items())) for name, forms in pictures.items()}
    pasted = {name: f"data:{kind};base64,{content}" for name, (kind, content) in first.items()}
    written = {f"picture-{at}": address for at, address in enumerate(PICTURE.findall(text), 1)}
    return PICTURE.sub(lambda _: f"attachment:picture-{next(numbers)}", text), {**pasted, **written}


def sanitised(made):
    """Return HTML with no more than what a text needs."""
    return nh3.clean(made, tags=TAGS, attributes=ATTRIBUTES, attribute_filter=_attribute, clean_content_tags=EMPTY,
                     url_schemes={"http", "https", "mailto", "data"}, url_relative="deny")  # fmt: skip


def _attribute(tag, name, value):
    """Return the value of an attribute if it leads nowhere by itself, else None."""
    allowed = {"href": LINK.match, "src": PICTURE.fullmatch}.get(name)
    return value if allowed is None or allowed(value) else None


def _shown(text, addresses):
    """Return a text as it was typed, and its pictures below, as one line of HTML."""
    return _in_one_line(f"<pre>{html.escape(text)}</pre>{_below(addresses)}")


def _below(addresses):
    """Return pictures under their names, as they stand below a text that does not hold them."""
    names = {html.escape(name): address for name, address in addresses.items()}
    return "".join(f'<p>{name}:</p><img src="{address}" alt="{name}">' for name, address in names.items())


def _in_one_line(made):
    """Return HTML that no renderer of Markdown reads as anything else."""
    return f"<div>{LINES.sub('&#10;', made)}</div>"


def _plain_output(output):
    """Return a cell's output made anew from its text or picture; None if it has neither."""
    kind = output.get("output_type")
    if kind == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        return new_output("stream", name=name, text=_text(output.get("text")))
    if kind == "error":
        lines = output.get("traceback")
        lines = [_text(line) for line in lines] if isinstance(lines, list) else []
        words = {name: _text(output.get(name)) for name in ("ename", "evalue")}
        return new_output("error", traceback=lines, **words)
    data = output.get("data")
    found = data.items() if isinstance(data, dict) else ()
    kept = {kind: made for kind, value in found if (made := _plain_data(kind, value))}
    return new_output("display_data", kept) if kept else None


def _plain_data(kind, value):
    """Return one form of an output if it is text, or what it claims to be: a picture; else None."""
    if kind == "text/plain":
        return _text(value) or None
    return picture(kind, value)


def _text(value):
    """Return `value` if it is text or a list of lines, else an empty text."""
    parts = value if isinstance(value, list) else [value]
    return whole_text("".join(part for part in parts if isinstance(part, str)))
