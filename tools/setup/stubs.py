"""Tell checkers of types and editors which names the packages of hdclib have: they are imported when asked for.

Writes an ``__init__.pyi`` beside each ``__init__.py`` that calls `lazy_names`.
"""

import ast
from pathlib import Path

from hdclib.names import TOPICS

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("hdclib", *(f"hdclib/{topic}" for topic in TOPICS))


def stub_of(package):
    """Return what the stub of a package, such as ``"hdclib/sizes"``, says: each name, imported from where it is."""
    tree = ast.parse((ROOT / package / "__init__.py").read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    (call,) = [node for node in calls if isinstance(node.func, ast.Name) and node.func.id == "lazy_names"]
    homes = ast.literal_eval(call.args[1])
    places = [(f"hdclib.{home}", name) for home, names in homes.items() for name in names]
    places += [("hdclib", topic) for topic in TOPICS if package == "hdclib"]
    lines = [f"from {home} import {name} as {name}\n" for home, name in sorted(places)]
    return "".join(lines) + ("\n__version__: str\n" if package == "hdclib" else "")


def main():
    """Write all stubs."""
    for package in PACKAGES:
        (ROOT / package / "__init__.pyi").write_text(stub_of(package), encoding="utf-8")


if __name__ == "__main__":
    main()
