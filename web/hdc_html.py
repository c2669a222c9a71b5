"""Rewrite a built page so that it runs under ``default-src 'self'``: no inline script, one h1, no unused icons."""

import re

INLINE_SCRIPT = re.compile(r"[ \t]*<script(?P<attributes>(?![^>]*\bsrc=)[^>]*)>(?P<code>.*?)</script>\n?", re.DOTALL)
WRITTEN = re.compile(r"^\s*document\.write\(`(?P<html>.*?)`\);?\s*$", re.DOTALL)
DATA_TYPE = re.compile(r'type="(?:application/vnd\.jupyter\.widget-(?:state|view)\+json|application/json)"')
STATIC = re.compile(r'href="(?P<static>[^"]*_static/)styles/theme\.css')
FONT_AWESOME = re.compile(r"[ \t]*<(?:link|script)[^>]*vendor/fontawesome[^>]*>(?:</script>)?\n?")
HANDLER = re.compile(r' on(?:click|load|change)="[^"]*"')
SEARCH_ID = re.compile(r'\s+id="search-input"')  # the search page has two such fields, and nothing asks for the id
SEARCH_NAME = re.compile(r'(<button class="[^"]*search-button-field[^>]*?) aria-label="Search"')  # hides its own words
FOLD_NAME = re.compile(r'<summary aria-label="Toggle hidden content">')  # the same
OLD_ROLE = re.compile(r' role="doc-biblioentry"')  # no longer part of ARIA
PRINT_HEADING = re.compile(r'<div id="jb-print-docs-body".*?(?=<div id="searchbox">)', re.DOTALL)
REPEATED_VIEWPORT = re.compile(r'(<meta name="viewport"[^>]*>)(.*)(?=</head>)', re.DOTALL)
HTML_TAG = re.compile(r'<html (?P<attributes>(?![^>]*data-mode)[^>]*?)\s*(?:data-theme="\w*")?\s*>')


def rewrite(page):
    """Return the page without inline scripts and handlers, and without the theme's icon font.

    Rewriting a rewritten page changes nothing.
    """
    page = _set_mode_from_file(page)
    page = INLINE_SCRIPT.sub(_replace_inline, page)
    page = FONT_AWESOME.sub("", page)
    page = HANDLER.sub("", page)
    page = SEARCH_ID.sub("", page)
    page = SEARCH_NAME.sub(r"\1", page)
    page = FOLD_NAME.sub("<summary>", page)
    page = OLD_ROLE.sub(' role="listitem"', page)
    page = PRINT_HEADING.sub("", page)
    page = REPEATED_VIEWPORT.sub(_one_viewport, page)
    return HTML_TAG.sub(r'<html \g<attributes> data-mode="auto" data-theme="light">', page, count=1)


def _set_mode_from_file(page):
    """Load theme_mode.js before the first style sheet, in place of the theme's inline script."""
    found = STATIC.search(page)
    if not found or "theme_mode.js" in page:
        return page
    tag = f'<script src="{found["static"]}hdc/theme_mode.js"></script>\n  <link '
    return page.replace("<link ", tag, 1)


def _replace_inline(script):
    """Keep data, turn ``document.write`` into what it writes, drop settings that page.js makes."""
    if DATA_TYPE.search(script["attributes"]):
        return script[0]
    written = WRITTEN.match(script["code"])
    return written["html"] if written else ""


def _one_viewport(head):
    """Keep the first viewport element of the head."""
    return head[1] + re.sub(r'\s*<meta name="viewport"[^>]*>', "", head[2])
