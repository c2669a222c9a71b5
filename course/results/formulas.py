"""Show formulas on pages that run no script: as MathML, which browsers draw by themselves.

The formulas are a student's. What a converter makes of them is not trusted: it is built anew from the elements and
attributes that only draw, and a formula that needs any other stays as it was typed.
"""

import html
import re
from functools import lru_cache

from latex2mathml.converter import convert_to_element

ELEMENTS = {"math", "mfrac", "mi", "mn", "mo", "mover", "mphantom", "mroot", "mrow", "mspace", "msqrt", "mstyle",
            "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover"}  # fmt: skip
WORD, SIZE = re.compile(r"[a-z-]{1,30}"), re.compile(r"\d(\.\d+)?(em|ex|px)?")  # none that covers what is around it
ATTRIBUTES = {
    **dict.fromkeys(("accent", "columnalign", "displaystyle", "fence", "form", "mathvariant", "movablelimits",
                     "separator", "stretchy"), WORD),
    **dict.fromkeys(("linethickness", "maxsize", "minsize", "rowspacing", "scriptlevel", "width"), SIZE),
}  # fmt: skip
DRAWS_NOTHING = {"xmlns", "display"}  # of the converter's own, written anew here
LONGEST, MOST = 1_000, 200  # characters of a formula, and formulas of a text
DEEPEST = 60  # elements within elements
PARTS = re.compile(r'(<[^>"]*(?:"[^"]*"[^>"]*)*>)')
#: Each is bounded, so that a text of beginnings without an end takes no longer than it is long.
FORMULA = re.compile(
    r"\$\$(?P<block>.{1,2000}?)\$\$|(?<![\\$])\$(?P<inline>[^\s$](?:[^$]{0,2000}[^\s$\\])?)\$(?![\d$])"
    r"|(?P<environment>\\begin\{(?P<name>[a-z]{1,20}\*?)\}.{1,2000}?\\end\{(?P=name)\})",
    re.DOTALL,
)
VERBATIM = ("code", "pre")


class Undrawn(Exception):
    """A formula that stays as it was typed."""


def with_formulas(page):
    """Return sanitised HTML with its formulas drawn, but for those in code.

    Examples
    --------
    >>> from course.results.formulas import with_formulas
    >>> with_formulas("<p>$x^2$ and <code>$y$</code></p>")[:67]
    '<p><math><mrow><msup><mi>x</mi><mn>2</mn></msup></mrow></math> and '
    >>> with_formulas(r"<p>$\\href{javascript:x}{y}$</p>")
    '<p>$\\\\href{javascript:x}{y}$</p>'
    """
    parts, verbatim, left = PARTS.split(page), 0, [MOST]
    for at, part in enumerate(parts):
        if at % 2:
            name = part.strip("</>").partition(" ")[0]
            verbatim += (-1 if part.startswith("</") else 1) * (name in VERBATIM)
        elif not verbatim and ("$" in part or "\\begin" in part):
            parts[at] = FORMULA.sub(lambda found: _drawn(found, left), part)
    return "".join(parts)


def _drawn(found, left):
    """Return a formula drawn, as it was typed where that cannot be done."""
    text = html.unescape(found["block"] or found["inline"] or found["environment"])
    left[0] -= 1
    if left[0] < 0 or len(text) > LONGEST:
        return found[0]
    return mathml(" ".join(text.split()), bool(found["block"] or found["environment"])) or found[0]


@lru_cache(maxsize=1000)
def mathml(text, is_block):
    """Return a formula in LaTeX as MathML, an empty text if it needs more than what draws."""
    try:
        drawn = _rebuilt(convert_to_element(text), 0)
    except (Exception, RecursionError):  # the converter raises whatever it meets
        return ""
    return drawn.replace("<math", '<math display="block"', 1) if is_block else drawn


def _rebuilt(element, depth):
    """Return an element of the converter's as text, made of what only draws."""
    if element.tag not in ELEMENTS or depth > DEEPEST:
        raise Undrawn(element.tag)
    attributes = {name: value for name, value in element.items() if name not in DRAWS_NOTHING}
    if any(name not in ATTRIBUTES or not ATTRIBUTES[name].fullmatch(value) for name, value in attributes.items()):
        raise Undrawn(attributes)
    words = html.unescape(element.text or "").strip() if not len(element) else ""
    if words.startswith("\\") and len(words) > 1:  # a command that the converter does not know
        raise Undrawn(words)
    given = "".join(f' {name}="{value}"' for name, value in attributes.items())
    inside = html.escape(words) + "".join(_rebuilt(one, depth + 1) for one in element)
    return f"<{element.tag}{given}>{inside}</{element.tag}>"
