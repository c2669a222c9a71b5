"""The page's own files stand in a folder that is named after what they hold: ``_static/hdc-0123456789``.

A script imports its neighbours by their place beside it, and a browser or a host keeps each of them for a while. So
after an update of the site, files of one folder would be of two versions. In a folder of its own every version is
whole: a page names the folder of its version, and all that is kept of another one is out of its reach.
"""

import hashlib
import re
import shutil
from pathlib import Path

UNNAMED = "hdc"
LENGTH = 10  # signs of the digest
FOLDER = re.compile(rf"(?<=_static/){UNNAMED}(?:-[0-9a-f]{{{LENGTH}}})?(?=/)")


def folder(site):
    """Return the folder of the page's own files in a built site, named or not yet."""
    unnamed = Path(site) / "_static" / UNNAMED
    return unnamed if unnamed.is_dir() else next(unnamed.parent.glob(f"{UNNAMED}-*"))


def forget(site):
    """Remove the folder of an earlier build."""
    for old in (Path(site) / "_static").glob(f"{UNNAMED}-*"):
        shutil.rmtree(old)


def digest(folder):
    """Return a short name for all that the files of a folder hold, and for their names."""
    whole = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        whole.update(f"{path.relative_to(folder).as_posix()}\n{len(content)}\n".encode())
        whole.update(content)
    return whole.hexdigest()[:LENGTH]


def name_folder(site):
    """Name the folder of a built site after what it holds, and let every page say so. Return the folder."""
    old = folder(site)
    named = old.rename(old.with_name(f"{UNNAMED}-{digest(old)}"))
    for page in Path(site).rglob("*.html"):
        if "_static" not in page.parts:
            page.write_text(FOLDER.sub(named.name, page.read_text(encoding="utf-8")), encoding="utf-8")
    return named
