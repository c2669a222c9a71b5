"""A built page is rewritten so that it runs without inline scripts."""

import hdc_html
import hdc_icons
import hdc_together
import pytest

PAGE = """<html lang="en" >
<head>
<meta name="viewport" content="a" />
<link rel="stylesheet" href="../_static/styles/theme.css?digest=1" />
<link href="../_static/vendor/fontawesome/6.5.2/css/all.min.css" rel="stylesheet" />
<script src="../_static/vendor/fontawesome/6.5.2/js/all.min.js"></script>
<script>const THEBE = 1</script>
<script src="../_static/doctools.js"></script>
<meta name="viewport" content="b"/>
</head>
<body><button onclick="window.print()" title="Print">p</button>
<script>
document.write(`
<button class="theme-switch-button">m</button>
`);
</script>
<div id="jb-print-docs-body"><h1>Twice</h1></div>
<div id="searchbox"></div>
<h1>Once</h1>
<script type="application/vnd.jupyter.widget-view+json">{"model_id": "a"}</script>
</body></html>
"""


def test_only_files_and_data_are_left_of_the_scripts():
    page = hdc_html.rewrite(PAGE)
    assert page.count("<script") == 3
    assert '<script src="../_static/hdc/theme_mode.js"></script>' in page
    assert '{"model_id": "a"}' in page


def test_written_buttons_stand_in_the_page():
    assert '<button class="theme-switch-button">m</button>' in hdc_html.rewrite(PAGE)


def test_handlers_and_icon_fonts_go():
    page = hdc_html.rewrite(PAGE)
    assert "onclick" not in page
    assert "fontawesome" not in page


def test_what_folds_is_named_by_its_own_words():
    folded = '<summary aria-label="Toggle hidden content">\n<p>Show code cell output</p>\n</summary>'
    assert hdc_html.rewrite(folded) == "<summary>\n<p>Show code cell output</p>\n</summary>"


def test_one_heading_and_one_viewport():
    page = hdc_html.rewrite(PAGE)
    assert page.count("<h1>") == 1
    assert page.count("viewport") == 1


def test_page_is_light_until_a_script_says_otherwise():
    assert '<html lang="en" data-mode="auto" data-theme="light">' in hdc_html.rewrite(PAGE)


def test_rewriting_twice_changes_nothing_more():
    once = hdc_html.rewrite(PAGE)
    assert hdc_html.rewrite(once) == once


def test_icon_font_holds_what_pages_scripts_and_styles_name(tmp_path):
    from fontTools.ttLib import TTFont

    static = tmp_path / "_static" / "hdc"
    static.mkdir(parents=True)
    (tmp_path / "a.html").write_text('<i class="fa-solid fa-bars"></i>')
    (static / "a.js").write_text('icon.className = "fa fa-check"')
    (static / "a.css").write_text('.note::before { content: "\\f0eb"; } .tip { --icon: "\uf05a"; }')
    hdc_icons.write_icons(tmp_path)
    glyphs = set(TTFont(static / "icons.woff").getBestCmap())
    assert {0xF0C9, 0xF00C, 0xF0EB, 0xF05A} <= glyphs
    assert ".fa-bars::before" in (static / "icons.css").read_text()


@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("three 3 × 3 layers", ["3 × 3"]),
        ("from K × K to 1 × 1 × 5.", ["K × K", "1 × 1 × 5"]),
        ("a 95 % interval", ["95 %"]),
        ("dilations 1, 2, 5; then 2, 2", ["1, 2, 5", "2, 2"]),
        ("a long list 1, 2, 4, 8, 16 may be broken", []),
        ("above its bound, 1, 3, 9 too", ["1, 3, 9"]),
        ("in 1, 2, 3 × 3 layers", ["3 × 3"]),
        ("v1, 2 and 2018, 4 and plain words", []),
    ],
)
def test_what_a_line_is_not_broken_in(text, together):
    parts = hdc_together.pieces(text)
    assert "".join(words for words, _ in parts) == text
    assert [words for words, whole in parts if whole] == together
