"""The tables about mutants: which layer noticed how many of each room, and which ones none did."""

from collections import Counter

from tools.mutants.layers import LAYERS

QUICK = ("doctest", "room", "unit")

TITLE = """# Mutants

Made by `make mutants`; do not edit. Mistakes were planted one at a time in a copy of the project, and the layers of
the tests run, the quickest first, until a test turned red.
"""


def line(mutant, verdict):
    """Return the line of one mutant."""
    seen = f"{verdict.layer:10} {verdict.test}" if verdict.layer else "NOT SEEN"
    return f"{verdict.seconds:6.1f} s  {mutant.file}: {mutant.mistake}: {seen}"


def sums(judged):
    """Return a row for each room: its name, how many mutants each layer noticed, no layer did, and all.

    Parameters
    ----------
    judged : list of (Mutant, Verdict)
    """
    rooms = {}
    for mutant, verdict in judged:
        kind = "scripts" if mutant.is_script else "Python"
        rooms.setdefault((mutant.room, kind), Counter())[verdict.layer] += 1
    names = [*LAYERS, ""]
    rows = [[f"{room}, {kind}", *(found[name] for name in names), found.total()]
            for (room, kind), found in sorted(rooms.items())]  # fmt: skip
    return [*rows, ["all", *(sum(column) for column in list(zip(*rows, strict=True))[1:])]] if rows else []


def seconds_by_layer(judged):
    """Return the median of the seconds until each layer noticed a mutant, what the layers before it took included."""
    found = {name: sorted(verdict.seconds for _, verdict in judged if verdict.layer == name) for name in LAYERS}
    return {name: seconds[len(seconds) // 2] for name, seconds in found.items() if seconds}


def share_without_browser(judged):
    """Return how many mutants of scripts were noticed by a test without a browser, and how many there are."""
    scripts = [verdict for mutant, verdict in judged if mutant.is_script]
    return sum(verdict.layer in QUICK for verdict in scripts), len(scripts)


def table(judged):
    """Return the sums as a table of Markdown."""
    heads = ["room", *LAYERS, "none", "all"]
    rows = [heads, ["---"] + ["--:"] * (len(heads) - 1), *sums(judged)]
    return "\n".join(f"| {' | '.join(map(str, row))} |" for row in rows)


def reasons(mutants):
    """Return in Markdown why some of the mutants change nothing."""
    lines = [f"- `{one.file}`: {one.mistake}: {one.equivalent}" for one in mutants if one.equivalent]
    return "\n".join(lines) or "None."


def document(judged, equivalent, made):
    """Return the text of the document about a whole run.

    Parameters
    ----------
    judged : list of (Mutant, Verdict)
    equivalent : list of Mutant
    made : str
        When and of which commit.
    """
    seen, scripts = share_without_browser(judged)
    times = ", ".join(f"{name} {seconds:.0f} s" for name, seconds in seconds_by_layer(judged).items())
    survivors = [f"- `{mutant.file}`: {mutant.mistake}" for mutant, verdict in judged if not verdict.layer]
    parts = [
        TITLE,
        f"{made} {len(equivalent)} more change nothing anyone can see. "
        f"Of {scripts} in scripts {seen} are noticed without a browser. "
        f"Half of what a layer noticed took it, with the layers before it, at most: {times}.",
        table(judged),
        "## Noticed by none",
        "\n".join(survivors) or "None.",
        "## Change nothing anyone can see",
        reasons(equivalent),
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"
