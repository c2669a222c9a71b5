"""What an ES module imports and exports, and what stands between: enough of JavaScript's grammar to take it apart."""

import re
from dataclasses import dataclass

NAME = r"[A-Za-z_$][\w$]*"
IMPORT = re.compile(r'import\s*\{([^}]*)\}\s*from\s*"(\.{1,2}/[^"\n]+)"\s*;')
EXPORT_LIST = re.compile(r"export\s*\{([^}]*)\}\s*;")
EXPORT_NAMED = re.compile(rf"export\s+(?=(?:async\s+function|function|class|const)\s+({NAME}))")
EXPORT_DEFAULT = re.compile(r"export\s+default\s+(?!function\b|class\b|async\b)")
DEFAULT = "$default"  # what the default export is called inside of its module

QUOTED = re.compile(r"//[^\n]*|/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.DOTALL)
TEMPLATE = re.compile(r"[`}](?:\\.|\$(?!\{)|[^`\\$])*(?P<end>`|\$\{)", re.DOTALL)
EXPRESSION = re.compile(r"/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/[a-z]*")
CODE = re.compile(r"[\w$]+|\s+|.")
VALUE = re.compile(r"(?!(?:return|typeof|case|in|of|delete|void|throw|new|else|do|await|yield)$)[\w$]+|[)\]}\"]")


@dataclass(frozen=True)
class Module:
    """One module taken apart.

    Attributes
    ----------
    imports : list of (str, list of (str, str))
        Address of another file, and for each name its name there and its name here.
    exports : list of (str, str)
        Name here, and the name that others know.
    body : str
        The text without its imports, and with plain declarations for exports.
    """

    imports: list
    exports: list
    body: str

    @property
    def names(self):
        """The names that others can import."""
        return [public for _, public in self.exports]


def read_module(text, name):
    """Take the text of a module apart.

    Parameters
    ----------
    text : str
    name : str
        What the module is called in a message.

    Returns
    -------
    module : Module

    Raises
    ------
    ValueError
        If the module imports or exports in a form that is not understood.

    Examples
    --------
    >>> read_module('import { a as b } from "./c.js";\\nexport const d = b;\\n', "e.js").exports
    [('d', 'd')]
    """
    code = code_only(text, name)
    module, parts, done = Module([], [], ""), [], 0
    for at in _statements(code, text, name):
        end, kept = _take(text, code, at, name, module)
        parts += [text[done:at], kept]
        done = end
    return Module(module.imports, module.exports, "".join(parts) + text[done:])


def code_only(text, name):
    """Return the text with spaces in place of comments, strings, templates and regular expressions."""
    kept, at, last, depths = [], 0, "", []
    while at < len(text):
        piece, is_code = _piece(text, at, last, depths)
        if piece is None:
            raise _refused(text, at, name, "a string, template or regular expression that does not end")
        words = piece.group()
        kept.append(words if is_code else re.sub(r"[^\n]", " ", words))
        if is_code and not words.isspace():
            last = words
        elif not is_code and not words.startswith(("//", "/*")):
            last = "(" if words.endswith("${") else '"'  # an expression follows, or a value was here
        at = piece.end()
    return "".join(kept)


def _piece(text, at, last, depths):
    """Match the piece that starts here, None if it does not end, and say whether it is code.

    `last` is the word or sign before it; `depths` holds, for each ${ that is open, how many braces are open in it.
    """
    sign = text[at]
    if sign == "`" or (sign == "}" and depths and depths[-1] == 0):
        if sign == "}":
            depths.pop()
        piece = TEMPLATE.match(text, at)
        if piece and piece["end"] == "${":
            depths.append(0)
        return piece, False
    if sign in "\"'" or text.startswith(("//", "/*"), at):
        return QUOTED.match(text, at), False
    if sign == "/" and not VALUE.fullmatch(last):
        return EXPRESSION.match(text, at), False
    if sign in "{}" and depths:
        depths[-1] += 1 if sign == "{" else -1
    return CODE.match(text, at), True


def _statements(code, text, name):
    """Yield where each import and export begins; refuse what is loaded while the module runs."""
    depth = 0
    for found in re.finditer(r"[(\[{]|[)\]}]|(?<![\w$.])(?:import|export)(?![\w$])(?!\s*:)", code):
        if found.group() in ("import", "export"):
            if depth == 0:
                yield found.start()
            elif found.group() == "import":
                raise _refused(text, found.start(), name, "an import that is no statement of its own")
        else:
            depth += 1 if found.group() in "([{" else -1


def _take(text, code, at, name, module):
    """Note one import or export in `module`; return where it ends, and what stays of it."""
    if found := IMPORT.match(text, at):
        module.imports.append((found[2], _pairs(found[1], text, at, name)))
        return found.end(), ""
    if found := EXPORT_LIST.match(text, at):
        module.exports.extend(_pairs(found[1], text, at, name))
        return found.end(), ""
    if found := EXPORT_DEFAULT.match(text, at):
        module.exports.append((DEFAULT, "default"))
        return found.end(), f"const {DEFAULT} = "
    found = EXPORT_NAMED.match(text, at)
    if not found or (text.startswith("const", found.end()) and _declares_more(code[found.end() :])):
        raise _refused(text, at, name, "a form of import or export that is not understood")
    module.exports.append((found[1], found[1]))
    return found.end(), ""


def _declares_more(code):
    """Tell whether a declaration has a second name, behind a comma of its own."""
    depth = 0
    for sign in re.findall(r"[(\[{]|[)\]}]|[,;]", code):
        if depth == 0 and sign in ",;":
            return sign == ","
        depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(sign, 0)
    return False


def _pairs(names, text, at, name):
    """Read "a, b as c" as pairs."""
    pairs = []
    for entry in filter(None, (part.strip() for part in names.split(","))):
        found = re.fullmatch(rf"({NAME})(?:\s+as\s+({NAME}))?", entry)
        if not found:
            raise _refused(text, at, name, f"{entry!r}, which is no name")
        pairs.append((found[1], found[2] or found[1]))
    return pairs


def _refused(text, at, name, what):
    return ValueError(f"{name}, line {text.count(chr(10), 0, at) + 1}: {what}")
