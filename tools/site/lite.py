"""Build JupyterLite with the book's notebooks, this hdclib and Pyodide into ``_build/lite``.

Pyodide's packages are verified against its official list before anything is built. Where none are within reach, the
reader's browser fetches Pyodide from its CDN.
"""

import argparse
import email.parser
import hashlib
import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import hdc_versions

from tools.notebooks import notebook_form
from tools.site import pyodide_packages
from tools.site.pyodide_packages import CDN, ROOT, BadPackage

REQUIREMENTS = ROOT / "web" / "lite" / "requirements.txt"
BIN = ROOT / ".venv-lite" / "bin"
PARTS = ROOT / "_build" / "lite-parts"
OUTPUT = ROOT / "_build" / "lite"
PYODIDE = Path("static") / "pyodide"
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check")
LOCK = "pyodide-lock.json"
# Pure wheels that are not in Pyodide, or too old there, and what each of them needs when it is imported.
PURE = {
    "ipywidgets": ["ipython", "traitlets", "comm"],
    "anywidget": ["ipywidgets", "psygnal", "typing-extensions"],
    "psygnal": [],
    "comm": ["traitlets"],
    "typing-extensions": [],
}
OURS = {"hdclib": ["numpy", "matplotlib", "ipywidgets", "anywidget"]}
PAGE = ROOT / "web" / "lite" / "page"  # what the book adds to the page of JupyterLite
HEAD = """\
<head>
    <link rel="stylesheet" href="../{folder}/notice.css" />
    <script src="../{folder}/notice.js"></script>
    <script src="../{folder}/storage.js"></script>
    <script type="module" src="../{folder}/start.js"></script>"""
BEGINS, SETTINGS = "await import(", "{}\n    </script>"  # in JupyterLite's page: what starts it, and its own settings
MARK = "hdc"  # the metadata in which a notebook says which text it has, for chapter.js
WORKER = ROOT / "web" / "check" / "worker.js"  # of the page Check your network
KERNEL_PLUGIN = "@jupyterlite/pyodide-kernel-extension:kernel"
SHORTCUTS_PLUGIN = "@jupyterlab/shortcuts-extension:shortcuts"
# JupyterLab 4.4 takes the arrow keys from whatever has the focus in a notebook: a slider, a picture to walk on.
ARROWS = {
    "ArrowDown": "notebook:move-cursor-down",
    "ArrowLeft": "notebook:move-cursor-heading-above-or-collapse",
    "ArrowRight": "notebook:move-cursor-heading-below-or-expand",
    "ArrowUp": "notebook:move-cursor-up",
}
TAKEN_FROM = ".jp-Notebook.jp-mod-commandMode:not(.jp-mod-readWrite) :focus"


def make_wheel(source, folder):
    """Build hdclib's wheel into a folder, from a copy in `source`: setuptools builds in the folder of the project.

    It is the same bytes wherever it is built: dates are that of ``SOURCE_DATE_EPOCH``, and modes of files all alike.
    """
    shutil.rmtree(source, ignore_errors=True)
    shutil.copytree(ROOT / "hdclib", source / "hdclib", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    for path in source.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    ours = ["--no-deps", "--no-index", "--no-build-isolation"]  # with the pinned setuptools of this environment
    subprocess.run([*PIP, "wheel", "--quiet", *ours, "-w", str(folder), str(source)], check=True, umask=0o022)


def make_wheels():
    """Build hdclib's wheel and fetch the pinned pure ones; return their folder."""
    folder = PARTS / "wheels"
    shutil.rmtree(folder, ignore_errors=True)
    make_wheel(PARTS / "source", folder)
    pure = ["--only-binary=:all:", "--platform=any", "--python-version=3.12", "--implementation=py", "--abi=none"]
    pins = PARTS / "pure.txt"
    pins.write_text(pins_of(PURE, REQUIREMENTS.read_text(encoding="utf-8")), encoding="utf-8")
    checked = ["--no-deps", "--require-hashes", "-r", str(pins)]
    subprocess.run([*PIP, "download", "--quiet", *checked, *pure, "-d", str(folder)], check=True)
    return folder


def pins_of(names, requirements):
    """Return the part of a file of pins and hashes that is about some packages; KeyError if one of them has none."""
    entries = {entry.split("==")[0]: entry for entry in re.split(r"\n(?=[a-z])", requirements)}
    return "\n".join(entries[name] for name in names)


def place_of(wheel):
    """Return where a wheel stands beside Pyodide: below what it holds, since hdclib's has the same name every time."""
    return f"{pyodide_packages.sha256(wheel.read_bytes())[:10]}/{wheel.name}"


def wheel_entry(wheel, depends):
    """Return the name of a pure wheel and what Pyodide's list of packages says of it."""
    with zipfile.ZipFile(wheel) as archive:
        metadata = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        headers = email.parser.Parser().parsestr(archive.read(metadata).decode())
    name = headers["Name"].lower().replace("_", "-")
    return name, {
        "name": name,
        "version": headers["Version"],
        "file_name": place_of(wheel),
        "sha256": pyodide_packages.sha256(wheel.read_bytes()),
        "install_dir": "site",
        "package_type": "package",
        "imports": [name.replace("-", "_")],
        "depends": depends[name],
        "unvendored_tests": False,
    }


def book_lock(lock, wheels, base):
    """Return the list of packages of this book: the official ones it needs, found at `base`, and the pure wheels."""
    packages = {name: dict(lock["packages"][name]) for name in pyodide_packages.needed(lock)}
    for package in packages.values():
        package["file_name"] = base + package["file_name"]
    packages.update(wheel_entry(wheel, PURE | OURS) for wheel in sorted(wheels.glob("*.whl")))
    return {"info": lock["info"], "packages": packages}


def lighter(notebook):
    """Return a notebook for a live kernel: the stored widgets, which the page shows without one, are left out."""
    notebook["metadata"].pop("widgets", None)
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(notebook_form.WIDGET_VIEW, None)
    return notebook


def marked(notebook):
    """Return a notebook with a short name of its text, which a reader's copy takes along; outputs are not text."""
    text = json.dumps([(cell["cell_type"], "".join(cell["source"])) for cell in notebook["cells"]])
    notebook["metadata"][MARK] = {"text": hashlib.sha256(text.encode()).hexdigest()[:10]}
    return notebook


def stage_notebooks(folder):
    """Write the notebooks of ``_toc.yml``, marked and without stored widgets, to a folder of their own."""
    shutil.rmtree(folder, ignore_errors=True)
    for path in notebook_form.in_toc(ROOT):
        notebook = marked(lighter(json.loads(path.read_text(encoding="utf-8"))))
        target = folder / path.relative_to(ROOT / "book")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(notebook, indent=1), encoding="utf-8")


def run_jupyterlite(wheels):
    """Build the JupyterLite site of the staged notebooks with the project's wheels."""
    shutil.rmtree(OUTPUT, ignore_errors=True)
    lite_dir = PARTS / "lite"
    shutil.rmtree(lite_dir, ignore_errors=True)
    stage_notebooks(PARTS / "contents")
    lite_dir.mkdir(parents=True)
    command = [str(BIN / "jupyter-lite"), "build", "--lite-dir", str(lite_dir), "--output-dir", str(OUTPUT)]
    command += ["--contents", str(PARTS / "contents"), "--piplite-wheels", str(wheels), "--apps", "lab"]
    command += ["--no-sourcemaps", "--no-unused-shared-packages"]
    done = subprocess.run(command, cwd=lite_dir, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"jupyter lite build failed:\n{done.stdout[-3000:]}{done.stderr[-3000:]}")


def add_pyodide(lock, wheels, collected):
    """Add the collected Pyodide, or leave it to its CDN if there is none; return the address of pyodide.js."""
    target = OUTPUT / PYODIDE
    base = "" if collected else CDN.format(version=lock["info"]["version"])
    if collected:
        shutil.copytree(collected, target)
    target.mkdir(parents=True, exist_ok=True)
    for wheel in wheels.glob("*.whl"):
        (target / place_of(wheel)).parent.mkdir(exist_ok=True)
        shutil.copy(wheel, target / place_of(wheel))
    (target / LOCK).write_text(json.dumps(book_lock(lock, wheels, base)), encoding="utf-8")
    (OUTPUT / "check").mkdir(exist_ok=True)
    shutil.copy(WORKER, OUTPUT / "check")
    return f"{base or f'./{PYODIDE.as_posix()}/'}pyodide.js"


def page_settings():
    """Return where the list of packages is: in the page, which a reader who loads it again has anew, as the list is."""
    lock = OUTPUT / PYODIDE / LOCK
    address = f"./{PYODIDE.as_posix()}/{LOCK}?{pyodide_packages.sha256(lock.read_bytes())[:10]}"
    return {"litePluginSettings": {KERNEL_PLUGIN: {"loadPyodideOptions": {"lockFileURL": address}}}}


def add_page():
    """Add what the book says on JupyterLite's page, and let JupyterLite start after it has looked at the storage."""
    folder = OUTPUT / f"{hdc_versions.UNNAMED}-{hdc_versions.digest(PAGE)}"
    shutil.copytree(PAGE, folder)
    page = OUTPUT / "lab" / "index.html"
    text = page.read_text(encoding="utf-8")
    changes = {
        "<head>": HEAD.format(folder=folder.name),
        BEGINS: f"await window.hdcMayStart;\n        {BEGINS}",
        SETTINGS: SETTINGS.replace("{}", json.dumps(page_settings())),
    }
    for old, new in changes.items():
        if text.count(old) != 1:
            raise SystemExit(f"{page} no longer has one {old!r}: adapt tools/site/lite.py")
        text = text.replace(old, new)
    page.write_text(text, encoding="utf-8")


def arrow_shortcuts():
    """Return shortcuts that move between cells where a cell has the focus, and not where a widget in it has."""
    for key, command in ARROWS.items():
        yield {"command": command, "keys": [key], "selector": TAKEN_FROM, "disabled": True}
        yield {"command": command, "keys": [key], "selector": TAKEN_FROM.replace(" :focus", " .jp-Cell:focus")}


def configure(address):
    """Tell JupyterLite where Pyodide is, that it asks no package index, and that arrow keys belong to widgets."""
    path = OUTPUT / "jupyter-lite.json"
    whole = json.loads(path.read_text(encoding="utf-8"))
    settings = whole["jupyter-config-data"]
    settings["exposeAppInBrowser"] = True  # the tests drive the notebooks through it
    kernel = settings.setdefault("litePluginSettings", {}).setdefault(KERNEL_PLUGIN, {})
    kernel["pyodideUrl"] = address
    kernel["disablePyPIFallback"] = True
    settings["settingsOverrides"] = {SHORTCUTS_PLUGIN: {"shortcuts": list(arrow_shortcuts())}}
    path.write_text(json.dumps(whole, indent=2, sort_keys=True), encoding="utf-8")


def build(asked):
    """Build JupyterLite with packages from the source that is asked for, else from where there are some."""
    lock = pyodide_packages.official_lock()
    version = lock["info"]["version"]
    source = pyodide_packages.find_source(asked, version)
    collected = PARTS / f"pyodide-{version}" if source else None
    if source:
        print(f"packages of Pyodide {version} from {source}", flush=True)
        pyodide_packages.collect(lock, source, collected)
    else:
        print(f"none within reach, so browsers will ask the CDN. {pyodide_packages.where_from(version)}", flush=True)
    wheels = make_wheels()
    run_jupyterlite(wheels)
    configure(add_pyodide(lock, wheels, collected))
    add_page()


def main():
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pyodide", default="", help="folder, archive or address of Pyodide's packages")
    try:
        build(parser.parse_args().pyodide)
    except BadPackage as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
