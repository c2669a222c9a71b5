"""The row of links under a chapter's title: its notebook in the browser, on Binder, and as a file."""

from html import escape
from pathlib import Path, PurePosixPath
from urllib.parse import quote, urlencode, urlsplit

import hdc_reading

BINDER = "https://mybinder.org/v2"
LITE = "lite/lab/index.html"  # where tools/site/assemble_site.py puts JupyterLite
ARCHIVE = "dilated-convolution.zip"  # beside it, if the packages for it were within reach
PDF = "dilated-convolution.pdf"  # beside it, if tools/site/pdf.py has made it
MADE_BY_THE_BUILD = "book/coursework/"  # not in the repository, so not on Binder
PLACEHOLDER = "example.org"  # a host that is nobody's
LABEL = "This chapter as a notebook"
LINK = '<a href="{href}"{more}><span class="fa-solid {icon}" aria-hidden="true"></span> {words}</a>'


def is_set(repository):
    """Tell whether there is an address of a repository, and not the one that stands in ``_config.yml`` at first."""
    host = urlsplit(repository).hostname or ""
    return bool(host) and not host.endswith(PLACEHOLDER)


def binder_address(repository, branch, path):
    """Return the address at which Binder builds the repository and opens one of its files in JupyterLab."""
    parts = urlsplit(repository.removesuffix("/").removesuffix(".git"))
    place = f"gh{parts.path}" if parts.netloc == "github.com" else f"git/{quote(repository, safe='')}"
    return f"{BINDER}/{place}/{quote(branch, safe='')}?{urlencode({'urlpath': f'lab/tree/{path}'})}"


def links(path, repository, branch, to_root):
    """Return the row's links as (words, icon, address, further attributes); `to_root` leads from the page to the site.

    Parameters
    ----------
    path : str
        The notebook in the repository, such as ``book/gridding.ipynb``.
    repository, branch : str
        What ``repository`` in ``_config.yml`` says.
    to_root : str
        Such as ``../``.
    """
    name = PurePosixPath(path).relative_to("book")
    yield "Run in the browser", "fa-play", f"{to_root}{LITE}?{urlencode({'path': name})}", ""
    if is_set(repository) and not path.startswith(MADE_BY_THE_BUILD):
        yield "Open in Binder", "fa-cloud", binder_address(repository, branch, path), ""
    yield "Download the notebook", "fa-download", f"{to_root}_sources/{path}", " download"
    if path == "book/index.ipynb":
        yield "Download the whole book", "fa-book", to_root + ARCHIVE, " download hidden"
        yield "The book as a PDF", "fa-file-pdf", to_root + PDF, " download hidden"


def row(*place):
    """Return the row of `links` as HTML."""
    items = [
        LINK.format(words=words, icon=icon, href=escape(href), more=more) for words, icon, href, more in links(*place)
    ]
    return f'<nav class="hdc-launch" aria-label="{LABEL}">\n' + "\n".join(items) + "\n</nav>\n"


def offer(page, name):
    """Return the page with the link to a file of the whole book shown: `ARCHIVE` or `PDF`."""
    return page.replace(f'{name}" download hidden>', f'{name}" download>')


def add_row(app, pagename, templatename, context, doctree):
    """Put the row under the title of a page that is made from a notebook."""
    body = context.get("body") or ""
    if doctree is None or not str(app.env.doc2path(pagename)).endswith(".ipynb") or "</h1>" not in body:
        return
    path = Path(app.env.doc2path(pagename)).relative_to(app.srcdir).as_posix()
    options = app.config.html_theme_options
    to_root = context["pathto"]("", 1)
    made = row(path, options.get("repository_url", ""), options.get("repository_branch") or "main", to_root)
    under = made if path.startswith(MADE_BY_THE_BUILD) else hdc_reading.line(app, pagename) + made
    context["body"] = body.replace("</h1>", "</h1>\n" + under, 1)
