"""Measure all budgets, print the tables, and write them as one to docs/benchmarks.md with the machine described."""

import json
import os
import platform
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from benchmarks.rows import Row
from tools.site import built

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "benchmarks.md"
PARTS = {
    "library": "The library against its rivals",
    "networks": "inspect against gradients",
    "page": "The pages against their rivals",
    "widgets": "From key to paint, every widget in its largest state, and the frames of what moves",
    "grading": "Grading in the sandbox",
}
HEAD = """\
# Budgets, measured

Written by `make bench`. Each figure was measured in one run with its rival, since times alone say little on another
machine: what counts is the ratio. A budget that was missed is named so.

"""


def python_of(part):
    """Return the Python that runs a part: networks are measured against PyTorch, where its environment is there."""
    witness = ROOT / ".venv-witness" / "bin" / "python"
    return str(witness) if part == "networks" and witness.exists() else sys.executable


def machine():
    """Describe where this ran, in a line: processor, how many of them, memory, system, Python, load."""
    info = Path("/proc/cpuinfo")
    names = [line.split(":")[1].strip() for line in info.read_text().splitlines() if line.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    parts = [f"{os.cpu_count()} × {names[0] if names else platform.machine()}", f"{memory:.0f} GB of memory"]
    parts += [platform.system(), f"Python {platform.python_version()}", f"load {os.getloadavg()[0]:.1f} before"]
    return ", ".join(parts)


def table(title, rows):
    """Return a part as a section with a table in Markdown."""
    cells = [[row.what, row.ours, row.against, row.verdict] for row in rows]
    lines = ["| " + " | ".join(text.replace("|", "\\|") for text in line) + " |" for line in cells]
    return "\n".join([f"## {title}", "", "| what | measured | against | budget |", "| --- | --- | --- | --- |", *lines])


def main():
    """Run every part; the exit status says whether all budgets were met."""
    described, status, sections = machine(), 0, []
    with tempfile.TemporaryDirectory() as folder:
        for part, title in PARTS.items():
            print(f"\n=== {title} ===", flush=True)
            kept = Path(folder, part)
            kept.touch()
            command = [python_of(part), "-m", f"benchmarks.{part}", "--rows", str(kept)]
            status |= subprocess.run(command, cwd=ROOT, check=False).returncode
            sections.append(table(title, [Row(**json.loads(line)) for line in kept.read_text("utf-8").splitlines()]))
    told = f"{date.today()}, commit {built.commit(ROOT) or 'unknown'}: {described}."
    PAGE.write_text(HEAD + told + "\n\n" + "\n\n".join(sections) + "\n", encoding="utf-8")
    return int(bool(status))


if __name__ == "__main__":
    sys.exit(main())
