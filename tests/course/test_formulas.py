"""Formulas are drawn without a script, and nothing but drawing comes of them."""

import re

import hostile
import pytest
from growing import grows_with_its_input

from course.results.formulas import LONGEST, MOST, mathml, with_formulas
from course.results.harmless import rendered

TEXT = re.compile(r"<[^>]*>")


def shown(text):
    """Return a text in Markdown as a page shows it."""
    return with_formulas(rendered(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("$d(k-1)+1$", "d(k−1)+1"),
        ("so $M_2 \\le k$.", "so M2≤k."),
        ("$a<b$ and $b>c$", "a&lt;b and b&gt;c"),
        ("$$\n\\sum_{i=1}^n d_i\n$$", "∑i=1ndi"),
        ("\\begin{cases}a & b\\\\c & d\\end{cases}", "{abcd"),
        ("$\\lfloor \\frac{n}{s} \\rfloor$", "⌊ns⌋"),
    ],
)
def test_a_formula_is_drawn(text, words):
    page = shown(text)
    assert page.count("<math") == page.count("</math>") > 0
    assert TEXT.sub("", page).replace("&#10;", "").strip() == words


@pytest.mark.parametrize("block", ["$$x$$", "\\begin{matrix}x\\end{matrix}"])
def test_one_of_its_own_line_is_a_block(block):
    assert '<math display="block">' in shown(block) and 'display="block"' not in shown("$x$")


@pytest.mark.parametrize("text", ["`$x$`", "    $x$", "costs $5 and $6", "$ x $", "$x", "$x_{$", "$\\unknown{x}$"])
def test_what_is_no_formula_or_cannot_be_drawn_stays_as_typed(text):
    page = shown(text)
    assert "<math" not in page and text.strip("` ") in TEXT.sub("", page)


EVIL = {
    "a link": r"\href{javascript:hit}{x}",
    "a style": r"\style{background:url(EVIL)}{x}",
    "a class": r"\class{score}{x}",
    "an id": r"\cssId{test_total}{x}",
    "a character": r"\unicode{x<b>}",
    "an element": r"\text{<script>hit</script>}",
    "an attribute": r"\text{\"><img src=x onerror=hit>}",
    "a colour": r"\color{red;background:url(EVIL)}{x}",
    "a move over others": r"\hspace{-50em}x",
    "a wide space": r"\hspace{5000em}x",
    "a rule": r"\rule{300em}{300em}",
    "a deep one": "{" * 300 + "x" + "}" * 300,
    "a long one": "x" * (LONGEST + 1),
}


@pytest.mark.parametrize("kind", EVIL)
def test_nothing_comes_of_a_formula_but_drawing(kind):
    page = shown(f"${EVIL[kind]}$")
    tags = set(re.findall(r"<([a-z]+)", page))
    assert not tags & {"script", "img", "a", "style", "b"}
    assert not re.search(r"<[^>]*(href|style=|class=|id=|onerror|EVIL|-50em|300em|5000em)", page)


def test_hostile_texts_are_not_drawn():
    assert not re.search("<math", shown(hostile.TEXTS["formulas that run"]))
    for text in hostile.TEXTS.values():
        assert not re.search(r"<(script|iframe|svg|form|input|style|link|base|meta)", shown(text))


def test_a_text_of_formulas_without_end_is_cut_not_endless():
    page = shown(" ".join(["$x$"] * (MOST + 50)))
    assert page.count("<math") == MOST and page.count("$x$") == 50


def test_a_formula_is_made_once():
    assert mathml("x^2", False) is mathml("x^2", False)


@pytest.mark.parametrize("part", ["\\begin{a}", "$$$a", "$x ", "$$ ", "$x$ $y"])
def test_twice_as_much_takes_about_twice_as_long(part):
    assert grows_with_its_input(lambda times: with_formulas(f"<p>{part * times}</p>"))
