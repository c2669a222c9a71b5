"""Pyodide's packages: which ones the book needs, where they come from, and that each is the official file."""

import hashlib
import json
import shutil
import tarfile
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CORE = ROOT / "web" / "lite" / "node_modules" / "pyodide"
CORE_FILES = ("pyodide.js", "pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip", "README.md")
SHARED = ROOT.parent / "shared"
CDN = "https://cdn.jsdelivr.net/pyodide/v{version}/full/"
PATIENCE = 20  # seconds, for a host to answer
# What the kernel and the book import, without what these depend on in turn.
ROOTS = ("numpy", "matplotlib", "ipython", "micropip", "jedi", "ssl", "sqlite3", "traitlets")


class BadPackage(Exception):
    """A package of Pyodide is missing or is not the official one; the message says where packages come from."""


def official_lock():
    """Return Pyodide's own list of packages, from its npm package."""
    return json.loads((CORE / "pyodide-lock.json").read_text(encoding="utf-8"))


def needed(lock, roots=ROOTS):
    """Return the names of the packages in `roots` and of all that they depend on, sorted."""
    found, waiting = set(), list(roots)
    while waiting:
        name = waiting.pop().lower().replace("_", "-")
        if name not in found:
            found.add(name)
            waiting += lock["packages"][name]["depends"]
    return sorted(found)


def where_from(version):
    """Say where Pyodide's packages may come from."""
    return (
        f"Packages of Pyodide {version} come from what PYODIDE names (a folder, an archive of the release such as "
        f"pyodide-{version}.tar.bz2, or an address), else from ../shared/pyodide-{version}, else from Pyodide's "
        f"release at {CDN.format(version=version)}"
    )


def find_source(asked, version):
    """Return the folder, archive or address that packages come from; nothing if there is none within reach."""
    shared = SHARED / f"pyodide-{version}"
    if asked or shared.is_dir():
        return asked or str(shared)
    address = CDN.format(version=version)
    return address if _answers(address + "pyodide-lock.json") else ""


def _answers(address):
    """Tell whether a host within reach has a file at this address."""
    try:
        with urllib.request.urlopen(urllib.request.Request(address, method="HEAD"), timeout=PATIENCE):
            return True
    except OSError:
        return False


def is_address(source):
    """Tell whether packages come over the network."""
    return source.startswith(("http://", "https://"))


def read_file(source, name):
    """Return the bytes of the file `name` in a folder, archive or address; None if it is not there."""
    if is_address(source):
        return _download(source.rstrip("/") + "/" + name)
    path = Path(source)
    if path.is_dir():
        return (path / name).read_bytes() if (path / name).is_file() else None
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            found = next((member for member in archive.namelist() if Path(member).name == name), None)
            return found and archive.read(found)
    with tarfile.open(path) as archive:
        found = next((member for member in archive if Path(member.name).name == name), None)
        return found and archive.extractfile(found).read()


def _download(address):
    """Return the bytes at an address; None if the host does not have them."""
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            return answer.read()
    except urllib.error.HTTPError:
        return None


def sha256(content):
    """Return the sha256 of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def verified(source, package, version):
    """Return the bytes of one package of the official list, or say by name what is wrong with it."""
    name = package["file_name"]
    try:
        content = read_file(source, name)
    except (OSError, tarfile.TarError, zipfile.BadZipFile) as error:
        raise BadPackage(f"{source} cannot be read for {name}: {error}. {where_from(version)}") from None
    if content is None:
        raise BadPackage(f"{name} is missing in {source}. {where_from(version)}")
    if sha256(content) != package["sha256"]:
        raise BadPackage(
            f"{name} in {source} is not the official file: its sha256 is {sha256(content)}, pyodide-lock.json says "
            f"{package['sha256']}. {where_from(version)}"
        )
    return content


def collect(lock, source, folder):
    """Write Pyodide's core and the verified packages into `folder`; what an address gave before is not asked again."""
    keep = is_address(source)
    if not keep:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    for name in needed(lock):
        package = lock["packages"][name]
        path = folder / package["file_name"]
        if not (keep and path.is_file() and sha256(path.read_bytes()) == package["sha256"]):
            path.write_bytes(verified(source, package, lock["info"]["version"]))
    for name in CORE_FILES:
        shutil.copy(CORE / name, folder)
