"""Draw mutants of Python files with the operators of Cosmic Ray, and print them as JSON.

Runs in an environment of its own, which has Cosmic Ray and nothing else. What is drawn depends on the changed lines
alone: a change elsewhere in the project draws the same ones.
"""

import argparse
import ast
import hashlib
import json
import sys
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator

#: Mistakes that people make; Cosmic Ray knows some 200, most of which no one would write.
OPERATORS = tuple(f"core/{name}" for name in (
    "NumberReplacer", "ReplaceAndWithOr", "ReplaceOrWithAnd", "ReplaceTrueWithFalse", "ReplaceFalseWithTrue",
    "ZeroIterationForLoop", "AddNot", "ReplaceContinueWithBreak", "ReplaceUnaryOperator_Delete_Not",
    "ReplaceUnaryOperator_Delete_USub", *(f"ReplaceComparisonOperator_{pair}" for pair in (
        "Lt_LtE", "LtE_Lt", "Gt_GtE", "GtE_Gt", "Eq_NotEq", "NotEq_Eq", "IsNot_Is", "Is_IsNot")),
    *(f"ReplaceBinaryOperator_{pair}" for pair in (
        "Add_Sub", "Sub_Add", "Mul_Add", "Mul_FloorDiv", "Div_Mul", "FloorDiv_Div", "FloorDiv_Mul", "Mod_FloorDiv",
        "Pow_Mul", "BitAnd_BitOr", "BitOr_BitAnd")),
))  # fmt: skip


def places(tree, operator):
    """Yield first line, last line and column of each place where an operator changes something, in its own order."""
    for node in ast_nodes(tree):
        for start, end in operator.mutation_positions(node):
            yield start[0], end[0], start[1]


def ranked(file, text):
    """Return (by chance, file, operator, number of its place) for each change of a file that there could be.

    Of changes of equal lines at the same place in them only the first counts, and none of a decorator.
    """
    tree, lines, found = get_ast(text), text.splitlines(), {}
    for name in OPERATORS:
        for number, (first, last, column) in enumerate(places(tree, get_operator(name)())):
            words = "\0".join([file, name, str(column), *lines[first - 1 : last]])
            if not lines[first - 1].lstrip().startswith("@"):
                found.setdefault(hashlib.sha256(words.encode()).hexdigest(), (file, name, number))
    return [(chance, *place) for chance, place in found.items()]


def shortest_change(text, changed):
    """Return the lines that differ, before and after, with as many around them as make the first ones unique."""
    old, new = text.splitlines(keepends=True), changed.splitlines(keepends=True)
    first = next(at for at, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1])
    left = next(at for at, pair in enumerate(zip(old[::-1], new[::-1], strict=False)) if pair[0] != pair[1])
    while text.count("".join(old[first : len(old) - left])) != 1:
        first, left = max(0, first - 1), max(0, left - 1)
    return "".join(old[first : len(old) - left]), "".join(new[first : len(new) - left])


def is_python(text):
    """Tell whether a text can be compiled: an operator takes a star among parameters for a product."""
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def drawn(root, files, most):
    """Yield mutants of files of one folder, so many or all that there are."""
    texts = {file: (root / file).read_text(encoding="utf-8") for file in files}
    for _, file, name, number in sorted(place for pair in texts.items() for place in ranked(*pair)):
        changed = mutate_code(texts[file], get_operator(name)(), number)
        if most > 0 and is_python(changed):
            right, wrong = shortest_change(texts[file], changed)
            yield {"file": file, "mistake": name.removeprefix("core/"), "right": right, "wrong": wrong}
            most -= 1
        elif most == 0:
            return


def by_folder(files):
    """Return the files of each folder."""
    found = {}
    for file in files:
        found.setdefault(str(Path(file).parent), []).append(file)
    return list(found.values())


def main(arguments):
    """Print mutants of the files given as a list in JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, required=True, help="of each folder")
    parser.add_argument("files", nargs="+")
    options = parser.parse_args(arguments)
    groups = by_folder(options.files)
    json.dump([one for group in groups for one in drawn(Path.cwd(), group, options.most)], sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1:])
