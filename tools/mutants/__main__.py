"""`make mutants`: plant mistakes one at a time, print which layer noticed each, and write docs/mutants.md.

What was found is kept in _build/mutants.jsonl, so that a run may be made in parts (`ROOM=hdclib/sizes/fig`, as paths of
files begin). Exits with 1 if a mutant was not noticed.
"""

import argparse
import datetime
import json
import subprocess
import sys
from dataclasses import astuple

from tools.mutants import report
from tools.mutants.entries import ROOT, Mutant, stale, written_mutants
from tools.mutants.layers import LAYERS
from tools.mutants.planting import Refused, Verdict, judge_all
from tools.site import built

DOCUMENT = ROOT / "docs" / "mutants.md"
STORE = ROOT / "_build" / "mutants.jsonl"
#: Not drawn from: what holds traits alone, what PyTorch judges in an environment apart, what is no code of the course.
LEFT_OUT = ("hdclib/widgets/", "hdclib/networks/inspecting/", "course/assignments/")


def drawn_mutants(python, most):
    """Return so many mutants of each folder that Cosmic Ray's operators make, drawn by `python`."""
    if not most:
        return []
    listed = subprocess.run(["git", "ls-files", "hdclib/*.py", "course/*.py", "web/*.py"], cwd=ROOT, check=True,
                            capture_output=True, text=True).stdout.split()  # fmt: skip
    files = [name for name in listed if not name.startswith(LEFT_OUT)]
    made = subprocess.run([python, "-m", "tools.mutants.draw", "--most", str(most), *files], cwd=ROOT, check=True,
                          capture_output=True, text=True).stdout  # fmt: skip
    return [Mutant(**one) for one in json.loads(made)]


def joined(written, drawn):
    """Return all mutants; what is drawn and written down is the one that is written, with its reason."""
    known = {(one.file, one.right.strip(), one.wrong.strip()) for one in written}
    return written + [one for one in drawn if (one.file, one.right.strip(), one.wrong.strip()) not in known]


def known_verdicts():
    """Return what was found so far, the latest of each: key of a mutant → (Verdict, commit)."""
    if not STORE.exists():
        return {}
    found = {}
    for key, verdict, made in map(json.loads, STORE.read_text(encoding="utf-8").splitlines()):
        found.pop(key, None)  # the latest stands last
        found[key] = Verdict(*verdict), made
    return found


def keep(mutant, verdict, made):
    """Add a verdict to what was found so far, which several runs may do at once."""
    STORE.parent.mkdir(exist_ok=True)
    with STORE.open("a", encoding="utf-8") as store:
        store.write(json.dumps([key_of(mutant), astuple(verdict), made]) + "\n")


def key_of(mutant):
    """Return a text that is the same as long as the mutant is."""
    return "\n".join((mutant.file, mutant.right, mutant.wrong))


def chosen(mutants, options):
    """Return the mutants that are to be planted: of a part, or only those that no test noticed so far."""
    known = known_verdicts() if options.left else {}
    noticed = {key for key, (verdict, _) in known.items() if verdict.layer}
    return [mutant for mutant in mutants if mutant.file.startswith(options.room)
            and not mutant.equivalent and key_of(mutant) not in noticed]  # fmt: skip


def write_document(mutants):
    """Write docs/mutants.md from all verdicts that there are."""
    known = known_verdicts()
    planted = [mutant for mutant in mutants if not mutant.equivalent]
    ran = [mutant for mutant in planted if key_of(mutant) in known]
    last = list(known.values())[-1][1] if known else "none"
    made = f"{datetime.date.today()}, {len(ran)} of {len(planted)} mutants judged, the last at commit {last}"
    made += "; the others have not been through all layers." if len(ran) < len(planted) else "."
    equivalent = [mutant for mutant in mutants if mutant.equivalent]
    text = report.document([(mutant, known[key_of(mutant)][0]) for mutant in ran], equivalent, made)
    DOCUMENT.write_text(text, encoding="utf-8")


def parsed(arguments):
    """Return the options of the command."""
    parser = argparse.ArgumentParser(prog="make mutants", description=__doc__)
    parser.add_argument("--room", default="", help="only of files whose path begins so")
    parser.add_argument("--left", action="store_true", help="only those that no test has noticed so far")
    parser.add_argument("--jobs", type=int, default=2, help="so many copies at once")
    parser.add_argument("--since", choices=LAYERS, default=LAYERS[0], help="the first layer that is run")
    parser.add_argument("--until", choices=LAYERS, default=LAYERS[-1], help="the last one")
    parser.add_argument("--draw", type=int, default=0, help="so many of each folder by Cosmic Ray's operators")
    parser.add_argument("--python", default=sys.executable, help="the Python that has Cosmic Ray")
    return parser.parse_args(arguments)


def main(arguments):
    """Run the mutants of the whole project, or of a part."""
    options = parsed(arguments)
    mutants = joined(written_mutants(), drawn_mutants(options.python, options.draw))
    if wrong := stale(mutants):
        raise SystemExit("\n".join(wrong))
    planted, made = chosen(mutants, options), built.commit(ROOT)
    layers = LAYERS[LAYERS.index(options.since) : LAYERS.index(options.until) + 1]

    def tell(mutant, verdict):
        print(report.line(mutant, verdict), flush=True)
        if layers == LAYERS or (verdict.layer and options.since == LAYERS[0]):  # else it is no verdict of all layers
            keep(mutant, verdict, made)

    try:
        verdicts = judge_all(ROOT, planted, options.jobs, layers, tell)
    except Refused as error:
        raise SystemExit(str(error)) from None
    print(report.table(list(zip(planted, verdicts, strict=True))))
    write_document(mutants)
    return 0 if all(verdict.layer for verdict in verdicts) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
