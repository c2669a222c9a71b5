"""Build the last commit twice, in two clones with folders of other names, and compare what is published by its bytes.

Each clone has its own environments, so two cores need about half an hour. Pyodide's packages are looked for beside
the project, as always.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.site.pyodide_packages import SHARED

ROOT = Path(__file__).resolve().parents[2]
CLONES = ("one/book", "the other/of another length/book")
OUTPUTS = (
    "_build/site",
    "_build/dilated-convolution.zip",
    "_build/dilated-convolution.pdf",
    "_build/lite-parts/wheels",
)
MOST = 40  # differences that are listed


def hashes(build):
    """Return the sha256 of every file that a clone publishes, by its name."""
    found = {}
    for output in OUTPUTS:
        place = build / output
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if path.is_file():
                found[path.relative_to(build).as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def differences(one, other):
    """Return the names of the files that two builds do not have alike, sorted."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def digest(found):
    """Return one hash for all files and their names."""
    return hashlib.sha256("".join(f"{name} {value}\n" for name, value in sorted(found.items())).encode()).hexdigest()


def build(folder, target):
    """Clone the last commit into a folder and build it there."""
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True)
    asked = json.loads((ROOT / "web" / "lite" / "package.json").read_text(encoding="utf-8"))["dependencies"]
    pyodide = SHARED / f"pyodide-{asked['pyodide']}"
    given = [f"PYODIDE={pyodide}"] if pyodide.is_dir() else []
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "SOURCE_DATE"))
    }
    subprocess.run(["make", "--no-print-directory", target, *given], cwd=folder, env=clean, check=True)


def compare(one, other):
    """Print the hashes of two builds, or what differs; return 1 if something does."""
    both = [hashes(one), hashes(other)]
    for place, found in zip((one, other), both, strict=True):
        print(f"{digest(found)}  {len(found)} files in {place.name}")
    unlike = differences(*both)
    print("".join(f"differs: {name}\n" for name in unlike[:MOST]), end="")
    if len(unlike) > MOST:
        print(f"and {len(unlike) - MOST} more")
    if not unlike:
        print(
            "".join(f"{both[0][name]}  {name}\n" for name in both[0] if name.endswith((".zip", ".pdf", ".whl"))), end=""
        )
    return 1 if unlike or not both[0] else 0


def main():
    """Build twice and compare, or compare two clones that are built."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("built", nargs="*", type=Path, help="two clones that are built already")
    parser.add_argument("--target", default="offline", help="what to make in each")
    options = parser.parse_args()
    if options.built:
        return compare(*options.built)
    with tempfile.TemporaryDirectory(prefix="hdc-") as place:
        clones = [Path(place) / name for name in CLONES]
        for clone in clones:
            build(clone, options.target)
        return compare(*clones)


if __name__ == "__main__":
    sys.exit(main())
