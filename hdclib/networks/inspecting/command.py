"""The command ``hdclib inspect``: a network named by its import, or an ONNX file."""

import argparse
import ast
import importlib
import inspect
import json
import sys
from contextlib import contextmanager, redirect_stdout
from typing import Any

from hdclib.checks import shown

EXAMPLES = """examples:
  hdclib inspect net.onnx
  hdclib inspect torchvision.models.segmentation:deeplabv3_resnet50 --input 3x513x513 --arg weights=None
  hdclib inspect mynets:make --input 1x8000 --fail-on views --repair"""
#: What the library's messages say, and what helps at a command line.
TYPED = {
    r"^shape must hold .*, got None$": "--input is needed: channels and sizes, such as --input 3x513x513",
    r"^shape\b": "--input", r"\bgive a shape (.*), or call=.*$": r"give an --input \1",
    r": give call=.*$": ": name a function that returns a network of one tensor",
    r"^at\b": "--at", r"^output (?=must)": "--output ", r"^path\b": "--map",
}  # fmt: skip
NO_HOLES, HOLES, NO_ANSWER = 0, 1, 2
WEIGHTS = ("weights", "weights_backbone", "encoder_weights")


def add_options(command):
    """Add what ``hdclib inspect`` takes."""
    words = "PACKAGE.MODULE:NAME of a class, function or model, or FILE.onnx"
    command.add_argument("target", metavar="NET", help=words)
    command.add_argument("--input", type=_sizes, metavar="CxHxW", help="channels and sizes of one input: 3x513x513")
    words = "argument for NAME, a Python literal or a word; may be given again (weights are None if left out)"
    command.add_argument("--arg", action="append", default=[], type=_argument, metavar="KEY=VALUE", help=words)
    command.add_argument("--output", metavar="NAME", help="which output to judge (the first with places)")
    command.add_argument("--at", type=_place, metavar="ROW,COLUMN", help="which place of it (the middle)")
    command.add_argument("--views", action="store_true", help="list every convolution, one a line")
    words = "draw what is read of this convolution's input; 'input' draws the network's"
    command.add_argument("--map", metavar="PATH", help=words)
    command.add_argument("--repair", action="store_true", help="print code that sets the best repair's dilations")
    words = (
        f"end with {HOLES} if the input, or a convolution's input, is read with holes (input); with {NO_ANSWER} if "
        "none is known, but operations were not understood"
    )
    command.add_argument("--fail-on", choices=("input", "views"), default="input", help=words)


def answer(options):
    """Return the report as text or JSON, and the exit status."""
    from hdclib.networks.inspecting import asking

    tell = _teller(options)
    with _importable(), redirect_stdout(sys.stderr):  # what the network prints is no part of the answer
        if options.target.lower().endswith(".onnx"):
            model = options.target
        else:
            tell("making the network")
            model = _made(options.target, dict(options.arg))
        tell("running it once and carrying sets through it")
        report = asking.inspect(model, options.input, output=options.output, at=options.at)
    if not options.json or options.repair:
        tell("looking for repairs")
    text = _json(report, options) if options.json else _text(report, options)
    failed = report.input is None or report.input.has_holes
    if options.fail_on == "views":
        failed = failed or bool(report.views_with_holes)
    return text, HOLES if failed else NO_HOLES if report.exact else NO_ANSWER


def _text(report, options):
    from hdclib.networks.inspecting.words import picture, table

    parts = [str(report)]
    if options.views:
        parts.append(table(report))
    if options.map:
        parts.append(picture(_map(report, options.map)))
    if options.repair:
        parts.append(report.repairs[0].patch if report.repairs else "# no repair")
    return "\n\n".join(parts)


def _map(report, path):
    return report.reads() if path == "input" else report.map(path)


def _json(report, options):
    from hdclib.networks.inspecting.words import map_record, repair_record

    record = report.record()
    if options.map:
        record["map"] = map_record(_map(report, options.map))
    if options.repair:
        record["repairs"] = [repair_record(repair) for repair in report.repairs]
    return json.dumps(record, indent=1)


@contextmanager
def _importable():
    """Let modules of the folder be imported, also while the network is made and runs."""
    sys.path.insert(0, "")
    try:
        yield
    finally:
        if "" in sys.path:
            sys.path.remove("")


def _made(target, arguments):
    """The network that PACKAGE.MODULE:NAME makes."""
    module, _, name = target.partition(":")
    if not name:
        raise ValueError(f"NET must be FILE.onnx or PACKAGE.MODULE:NAME, got {shown(target)}")
    if module.endswith(".py"):
        raise ValueError(f"NET names a module as Python imports it, without .py and with dots, got {shown(target)}")
    try:
        made: Any = importlib.import_module(module)
        for part in name.split("."):
            made = getattr(made, part)
    except (Exception, SystemExit) as error:  # code of others, which may fail in any way
        kind = "" if isinstance(error, (ImportError, AttributeError)) else f"{type(error).__name__}: "
        raise ValueError(f"NET {shown(target)} cannot be imported: {kind}{error}") from error
    is_class = isinstance(made, type)
    if not arguments and not is_class and (hasattr(made, "named_modules") or not callable(made)):
        return made
    arguments = _without_weights(made) | arguments
    try:
        return made(**arguments)
    except (Exception, SystemExit) as error:
        given = ", ".join(f"{key}={value!r}" for key, value in arguments.items())
        raise ValueError(f"{name}({given}): {str(error) or type(error).__name__}; see --arg") from error


def _without_weights(made):
    """Arguments that keep a function of the usual packages from fetching weights, which are not looked at."""
    try:
        names = inspect.signature(made).parameters
    except (TypeError, ValueError):
        return {}
    return {name: None for name in WEIGHTS if name in names}


def _teller(options):
    """Say on a terminal what is being done."""
    if not sys.stderr.isatty():
        return lambda words: None
    return lambda words: print(f"{options.command.prog}: {words} ...", file=sys.stderr, flush=True)


def _sizes(text):
    return _numbers(text, "x", "CxHxW, such as 3x513x513")


def _place(text):
    return _numbers(text, ",", "whole numbers with commas between, such as 32,32")


def _numbers(text, mark, shape):
    parts = text.lower().split(mark)
    if not all(part.isascii() and part.isdigit() and len(part) < 10 for part in parts):
        raise argparse.ArgumentTypeError(f"must be {shape}, got {shown(text)}")
    return tuple(map(int, parts))


def _argument(text):
    name, equals, value = text.partition("=")
    if not equals or not name.isidentifier():
        raise argparse.ArgumentTypeError(f"must be KEY=VALUE, such as weights=None, got {shown(text)}")
    try:
        return name, ast.literal_eval(value)
    except (ValueError, SyntaxError):
        return name, value
