"""The command line: `python -m hdclib check 1 2 5` and `python -m hdclib design 31 --layers 4`."""

import argparse
import os
import re
import sys

import hdclib as hdc
from hdclib.checks import shown

NO_HOLES, HOLES, NO_ANSWER = 0, 1, 2  # exit status; argparse too exits with 2 where the question makes no sense
MOST_DIGITS = 18
CHECK_EXAMPLES = """examples:
  python -m hdclib check 1 2 5
  python -m hdclib check 1 2 5 --kernel-size 5
  python -m hdclib check 1 3 --kernel-size 5,7"""
DESIGN_EXAMPLES = """examples:
  python -m hdclib design 31 --layers 4
  python -m hdclib design 101 --layers 3 --kernel-size 5 --most 3"""
#: What the library's messages call an argument, and what it is called here.
TYPED = {
    r"\blayers\[(\d+)\]( \(a dilation\))?": r"DILATION[\1]", r"^layers\b": "the dilations", r"\btarget\b": "field",
    r"\bdepth\b": "--layers", r"\bkernel_size\b": "--kernel-size", r"\bask is_hole": "in Python ask is_hole",
}  # fmt: skip


def main(arguments=None):
    """Answer one question about dilations and return the exit status.

    Parameters
    ----------
    arguments : list of str, optional
        What stands behind ``python -m hdclib``; the program's own arguments if left out.

    Returns
    -------
    status : int
        0 if there are no holes, 1 if there are, also where nobody reads the answer to its end.

    Raises
    ------
    SystemExit
        With status 2 and a message if the arguments make no sense, or memory or what is written to is full.

    Examples
    --------
    >>> from hdclib.__main__ import main
    >>> main(["design", "27", "--layers", "3"])
    field  evenness  dilations
       27  100.0 %  1, 3, 9
    0
    """
    options = _parser().parse_args(arguments)
    try:
        text, status = options.answer(options)
    except (TypeError, ValueError) as error:
        options.command.error(_typed(str(error)))
    except MemoryError:
        _give_up(options, "not enough memory")
    try:
        print(text, flush=True)
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python writes the rest when it exits
        if not isinstance(error, BrokenPipeError):
            _give_up(options, error)
    return status


def _check(options):
    """The report on a stack, and the exit status."""
    report = hdc.check(options.dilations, kernel_size=options.kernel_size)
    return str(report), NO_HOLES if report.hole_free else HOLES


def _design(options):
    """The schedules without holes, best first, and the exit status."""
    schedules = hdc.design(options.field, options.layers, options.kernel_size)
    lines = ["field  evenness  dilations"]
    for schedule in schedules[: options.most]:
        dilations = ", ".join(map(str, schedule.dilations))
        lines.append(f"{schedule.field:5}  {100 * schedule.evenness:5.1f} %  {dilations}")
    if len(schedules) > options.most:
        lines.append(f"{len(schedules) - options.most} more: --most {len(schedules)}")
    return "\n".join(lines), NO_HOLES


def _give_up(options, reason):
    """Leave with the status that is no verdict, and the reason in one line."""
    options.command.exit(NO_ANSWER, f"{options.command.prog}: error: {reason}\n")


def _typed(message):
    """A message of the library in the words of who typed the command."""
    for name, word in TYPED.items():
        message = re.sub(name, word, message)
    return message


def _whole(least):
    """Return the reader of a whole number of at least `least`."""

    def read(text):
        whole = re.fullmatch(r"[+-]?([0-9]+)", text)
        if whole and len(whole[1]) > MOST_DIGITS:
            raise argparse.ArgumentTypeError(f"must have at most {MOST_DIGITS} digits, got {shown(text)}")
        if not whole or int(text) < least:
            raise argparse.ArgumentTypeError(f"must be a whole number of at least {least}, got {shown(text)}")
        return int(text)

    return read


def _kernel_sizes(text):
    """Read one kernel size, such as 3, or one for each layer, such as 3,5,3."""
    sizes = [_whole(1)(size) for size in text.split(",")]
    return sizes[0] if len(sizes) == 1 else sizes


def _parser():
    parser = argparse.ArgumentParser(
        prog="python -m hdclib",
        description="Dilated convolutions without holes.",
        epilog=f"{CHECK_EXAMPLES}\n{DESIGN_EXAMPLES.partition(chr(10))[2]}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"hdclib {hdc.__version__}")
    commands = parser.add_subparsers(required=True, metavar="check | design")
    words = "hold the HDC rules and the exact criterion against what a stack reads"
    status = f"exit status: {NO_HOLES} no holes, {HOLES} holes, {NO_ANSWER} no answer"
    check = _command(commands, "check", words, f"{status}\n\n{CHECK_EXAMPLES}", _check)
    check.add_argument("dilations", nargs="+", type=_whole(1), metavar="DILATION", help="of each layer in turn")
    words = "one for all layers, or one a layer with commas between: 3,5,3 (3)"
    check.add_argument("--kernel-size", type=_kernel_sizes, default=3, metavar="K", help=words)
    words = "list the schedules without holes whose field is nearest above the one asked for, most even first"
    design = _command(commands, "design", words, DESIGN_EXAMPLES, _design)
    design.add_argument("field", type=_whole(1), help="samples along an axis that one output shall read")
    design.add_argument("--layers", type=_whole(1), default=3, metavar="N", help="how many layers (3)")
    design.add_argument("--kernel-size", type=_whole(2), default=3, metavar="K", help="of every layer (3)")
    design.add_argument("--most", type=_whole(1), default=10, metavar="N", help="schedules to list at most (10)")
    return parser


def _command(commands, name, words, epilog, answer):
    """Add a command that shows examples with its help and its own usage with its errors."""
    keep_lines = argparse.RawDescriptionHelpFormatter
    command = commands.add_parser(name, help=words, description=words, epilog=epilog, formatter_class=keep_lines)
    command.set_defaults(answer=answer, command=command)
    return command


if __name__ == "__main__":
    sys.exit(main())
