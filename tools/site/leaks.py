"""What must not be in anything that is published: secrets, and places of the machine that built it."""

import re
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATHS = (ROOT, Path.home())
#: Secrets have forms that their makers chose so that they are found.
SECRETS = re.compile(
    rb"-----BEGIN [A-Z ]*PRIVATE KEY-----|AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{22}|"
    rb"glpat-[\w-]{20}|npm_[A-Za-z0-9]{36}|pypi-AgEI\w{10}|xox[baprs]-[\w-]{10}|AIza[\w-]{35}|"
    rb"https?://[^/\s:@\"']+:[^/\s:@\"']+@"
)
PYODIDE = re.compile(r"static/pyodide/")  # official files, known by their hashes


def leaks_in(place, paths=PATHS):
    """Return what a folder or an archive holds that must not be published.

    Parameters
    ----------
    place : pathlib.Path
        A folder, a wheel or a zip archive; wheels of hdclib within it are opened.
    paths : sequence of pathlib.Path
        Of the machine, of which no file may speak.

    Returns
    -------
    found : list of str
        A file and what was found in it, each once.
    """
    told = re.compile(b"|".join(re.escape(f"{path}/".encode()) for path in paths))
    found = []
    for name, data in _files(place):
        found += [f"{name}: {hit.decode(errors='replace')}" for hit in {*SECRETS.findall(data), *told.findall(data)}]
    return sorted(found)


def _files(place):
    """Yield the name and the bytes of every file, and of what is in hdclib's wheels; other archives stay closed."""
    if place.is_dir():
        inside = [(path.relative_to(place).as_posix(), path) for path in sorted(place.rglob("*")) if path.is_file()]
        for name, path in inside:
            if name.endswith(".whl") and path.name.startswith("hdclib-"):
                yield from ((f"{name}/{part}", data) for part, data in _files(path))
            elif not PYODIDE.search(name) and path.suffix not in (".whl", ".zip"):
                yield name, path.read_bytes()
        return
    with zipfile.ZipFile(place) as archive:
        yield from ((name, archive.read(name)) for name in archive.namelist())
