"""A font of the few icons that the site uses, cut from the theme's 0.5 MB of them."""

import logging
import re
from pathlib import Path

import pydata_sphinx_theme
from fontTools import subset
from fontTools.ttLib import TTFont

THEME = Path(pydata_sphinx_theme.__file__).parent / "theme" / "pydata_sphinx_theme" / "static"
ICON = re.compile(r"\bfa-[a-z0-9]+(?:-[a-z0-9]+)*\b")
CODE = re.compile(r"((?:\.fa-[a-z0-9-]+:before,?)+)\{content:\"\\([0-9a-f]+)\"\}")
ESCAPED = re.compile(r"[\"']\\([ef][0-9a-f]{3})[\"']")
PRIVATE_USE = re.compile("[\ue000-\uf8ff]")
SHEET = """\
@font-face {{ font-family: "Font Awesome 6 Free"; font-weight: 900; src: url("icons.woff") format("woff"); }}
:root {{ --fa-font-solid: normal 900 1em/1 "Font Awesome 6 Free"; --fa-font-regular: var(--fa-font-solid); }}
.fa, .fas, .far, .fa-solid, .fa-regular {{ display: inline-block; font: var(--fa-font-solid); font-size: inherit; }}
.fa-lg {{ font-size: 1.25em; }}
{icons}
"""


def write_icons(site):
    """Write ``icons.css`` and ``icons.woff`` with every icon that a page, script or style sheet of the site names."""
    codes = icon_codes()
    used = {name: codes[name] for name in sorted(icons_in(site)) if name in codes}
    target = Path(site) / "_static" / "hdc"
    icons = "\n".join(f'.{name}::before {{ content: "\\{code}"; }}' for name, code in used.items())
    (target / "icons.css").write_text(SHEET.format(icons=icons), encoding="utf-8")
    glyphs = {int(code, 16) for code in used.values()}
    write_font(glyphs | glyphs_in_styles(site), target / "icons.woff")


def icon_codes():
    """Map each icon's class to its code point, in hexadecimal."""
    css = next(THEME.glob("vendor/fontawesome/*/css/all.min.css")).read_text(encoding="utf-8")
    return {name: code for names, code in CODE.findall(css) for name in ICON.findall(names)}


def icons_in(site):
    """Return the icon classes in the site's pages and scripts."""
    files = [*Path(site).rglob("*.html"), *Path(site).glob("_static/**/*.js")]
    texts = [file.read_text(encoding="utf-8") for file in files if "vendor" not in file.parts]
    return {name for text in texts for name in ICON.findall(text)}


def glyphs_in_styles(site):
    """Return the code points that style sheets put in front of admonitions, links and toggles."""
    files = [file for file in Path(site).glob("_static/**/*.css") if "vendor" not in file.parts]
    text = "".join(file.read_text(encoding="utf-8") for file in files)
    return {int(code, 16) for code in ESCAPED.findall(text)} | {ord(glyph) for glyph in PRIVATE_USE.findall(text)}


def write_font(glyphs, path):
    """Write the glyphs of the theme's solid icons with these code points as a WOFF font."""
    font = TTFont(next(THEME.glob("vendor/fontawesome/*/webfonts/fa-solid-900.ttf")), recalcTimestamp=False)
    logging.getLogger("fontTools").setLevel(logging.WARNING)
    cutter = subset.Subsetter()
    cutter.populate(unicodes=glyphs)
    cutter.subset(font)
    font.flavor = "woff"
    font.save(path)
