"""Put the book and Python in the browser together in ``_build/site``, and both in one archive for reading offline."""

import argparse
import shutil
import sys
import zipfile
from pathlib import Path

import hdc_check
import hdc_launch
import yaml

from tools.site import built, licences, lite, pdf, pyodide_packages

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "_build"
SITE = BUILD / "site"
ARCHIVE = BUILD / hdc_launch.ARCHIVE
STORED = {".whl", ".zip", ".png", ".woff", ".woff2"}  # kinds of files that are compressed already
ADDED = (
    ROOT / "tools" / "site" / "serve.py",
    ROOT / "web" / "offline" / "README.txt",
    ROOT / "LICENSE",
    ROOT / "LICENSE-text",
)


def assemble():
    """Copy the book, and JupyterLite below it."""
    shutil.rmtree(SITE, ignore_errors=True)
    shutil.copytree(BUILD / "html", SITE)
    shutil.copytree(lite.OUTPUT, SITE / Path(hdc_launch.LITE).parts[0])
    (SITE / ".buildinfo").unlink(missing_ok=True)  # Sphinx keeps there what it needs to build again
    (SITE / ".nojekyll").touch()  # else some hosts leave out the folders whose names start with _


def say_where_python_is():
    """Let the page *Check your network* know that Python is beside it."""
    page = SITE / f"{hdc_check.PAGE}.html"
    page.write_text(hdc_check.is_here(page.read_text(encoding="utf-8")), encoding="utf-8")


def is_local(site):
    """Tell whether Python in the browser is part of the site."""
    return (site / Path(hdc_launch.LITE).parts[0] / lite.PYODIDE / "pyodide.asm.wasm").is_file()


def write_archive():
    """Write the site, a server and what to do with it to one archive with one folder."""
    inside = {path.relative_to(SITE).as_posix(): path for path in SITE.rglob("*") if path.is_file()}
    write_zip(ARCHIVE, ARCHIVE.stem, inside | {path.name: path for path in ADDED})


def write_zip(archive, folder, files):
    """Write files to a zip archive that holds their bytes and names and nothing of where and when they were made.

    Parameters
    ----------
    archive : pathlib.Path
    folder : str
        That all of them lie in, in the archive.
    files : dict of str to pathlib.Path
        The name below `folder`, with slashes, and the file.
    """
    with zipfile.ZipFile(archive, "w") as whole:
        for name, path in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{folder}/{name}", built.date().timetuple()[:6])
            entry.create_system, entry.external_attr = 3, 0o100644 << 16  # a plain file, as Unix writes it
            kind = zipfile.ZIP_STORED if path.suffix in STORED else zipfile.ZIP_DEFLATED
            whole.writestr(entry, path.read_bytes(), kind, 9)


def offer(path):
    """Put a file of the whole book on the site and show the link to it."""
    shutil.copy(path, SITE)
    for page in (SITE / "book").glob("*.html"):
        page.write_text(hdc_launch.offer(page.read_text(encoding="utf-8"), path.name), encoding="utf-8")


def settings():
    """Return what ``_config.yml`` says."""
    return yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))


def main():
    """Assemble; say what is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--offline", action="store_true", help="fail if the archive cannot be made; offer the PDF of the book"
    )
    must = parser.parse_args().offline
    ARCHIVE.unlink(missing_ok=True)
    assemble()
    if must:
        offer(pdf.OUTPUT)
    licences.add(SITE, settings()["title"])
    if is_local(SITE):
        say_where_python_is()
        write_archive()
        offer(ARCHIVE)
        print(f"offline: {ARCHIVE.relative_to(ROOT)}, {ARCHIVE.stat().st_size / 1e6:.1f} MB")
    else:
        why = pyodide_packages.where_from(pyodide_packages.official_lock()["info"]["version"])
        print(f"no archive to read offline: packages of Pyodide are not within reach. {why}", file=sys.stderr)
    if not hdc_launch.is_set(settings()["repository"]["url"]):
        print("Binder is not offered yet: put the address of your repository under `repository` in _config.yml")
    print(f"site: {SITE.relative_to(ROOT)}", flush=True)
    return 1 if must and not ARCHIVE.is_file() else 0


if __name__ == "__main__":
    sys.exit(main())
