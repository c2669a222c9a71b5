"""The command line: `hdclib check 1 2 5`, `hdclib design 31 --layers 4` and `hdclib inspect net.onnx`."""

import argparse
import json
import os
import re
import sys
import traceback

import hdclib as hdc
from hdclib.checks import shown
from hdclib.networks.inspecting import command as inspecting
from hdclib.rules.schedules import MOST_SCHEDULES, RANKINGS

NO_HOLES, HOLES, NO_ANSWER = 0, 1, 2  # exit status; argparse too exits with 2 where the question makes no sense
MOST_DIGITS = 18
CHECK_EXAMPLES = """examples:
  hdclib check 1 2 5
  hdclib check 1 2 5 --kernel-size 5
  hdclib check 1 3 --kernel-size 5,7"""
DESIGN_EXAMPLES = """examples:
  hdclib design 31 --layers 4
  hdclib design 29 --layers 4 --rank squares
  hdclib design 101 --layers 3 --kernel-size 5 --most 3"""
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
        What stands behind ``hdclib`` or ``python -m hdclib``; the program's own arguments if left out.

    Returns
    -------
    status : int
        0 if there are no holes, 1 if there are, also where nobody reads the answer to its end.

    Raises
    ------
    SystemExit
        With status 2 and a message if the arguments make no sense, memory or what is written to is full, the user
        interrupts it, or the program fails: nothing but an answer has another status.

    Examples
    --------
    >>> from hdclib.__main__ import main
    >>> main(["design", "27", "--layers", "3"])
    field  evenness  squares  dilations
       27   100.0 %       91  1, 3, 9
    0
    """
    options = _parser().parse_args(arguments)
    try:
        text, status = options.answer(options)
    except (TypeError, ValueError, ImportError) as error:
        return options.command.error(_typed(str(error), options.typed))
    except MemoryError:
        return _give_up(options, "not enough memory")
    except KeyboardInterrupt:
        return _give_up(options, "interrupted")
    except Exception as error:  # a fault of ours, whose trace is needed to mend it
        traceback.print_exc()
        return _give_up(options, f"{type(error).__name__}: {error}; please report it with the lines above")
    try:
        print(text, flush=True)
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python writes the rest when it exits
        if not isinstance(error, BrokenPipeError):
            _give_up(options, error)
    return status


def _check(options):
    """The report on a stack, and the exit status."""
    dilations = [dilation for group in options.dilations for dilation in group]
    report = hdc.check(dilations, kernel_size=options.kernel_size)
    status = NO_HOLES if report.hole_free else HOLES
    if options.json:
        rules = {rule.rule: {"passed": rule.passed, "reason": rule.reason} for rule in (*report.rules, report.exact)}
        counted = {name: getattr(report.truth, name, None) for name in ("holes", "largest_gap")}  # None: too wide
        answer = {"hole_free": report.hole_free, "rules": rules, "span": hdc.receptive_field(report.layers), **counted}
        return json.dumps(answer, indent=1), status
    return str(report), status


def _design(options):
    """The schedules without holes, best first, and the exit status."""
    few = options.field, options.layers, options.kernel_size, min(options.most, MOST_SCHEDULES)
    schedules, total = hdc.rules.best_schedules(*few, rank=options.rank)
    if options.json:
        return json.dumps([
            {"field": one.field, "evenness": one.evenness, "squares": one.squares, "dilations": list(one.dilations)}
            for one in schedules
        ], indent=1), NO_HOLES  # fmt: skip
    lines = ["field  evenness  squares  dilations"]
    for schedule in schedules:
        dilations = ", ".join(map(str, schedule.dilations))
        lines.append(f"{schedule.field:5}  {100 * schedule.evenness:6.1f} %  {schedule.squares:7}  {dilations}")
    if total > len(schedules):
        more = f": --most {total}" if total <= MOST_SCHEDULES else ""
        lines.append(f"{total - len(schedules)} more{more}")
    return "\n".join(lines), NO_HOLES


def _give_up(options, reason):
    """Leave with the status that is no verdict, and the reason in one line."""
    options.command.exit(NO_ANSWER, f"{options.command.prog}: error: {reason}\n")


def _typed(message, words):
    """A message of the library in the words of who typed the command."""
    for name, word in words.items():
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


def _list(text):
    """Read whole numbers with commas between, such as 1,2,5."""
    return [_whole(1)(number) for number in text.split(",")]


def _kernel_sizes(text):
    """Read one kernel size, such as 3, or one for each layer, such as 3,5,3."""
    sizes = _list(text)
    return sizes[0] if len(sizes) == 1 else sizes


def _parser():
    parser = argparse.ArgumentParser(
        prog="hdclib",
        description="Dilated convolutions without holes.",
        epilog=f"{CHECK_EXAMPLES}\n{DESIGN_EXAMPLES.partition(chr(10))[2]}\n{inspecting.EXAMPLES.partition(chr(10))[2]}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"hdclib {hdc.__version__}")
    commands = parser.add_subparsers(required=True, metavar="check | design | inspect")
    words = "hold the HDC rules and the exact criterion against what a stack reads"
    status = f"exit status: {NO_HOLES} no holes, {HOLES} holes, {NO_ANSWER} no answer"
    check = _command(commands, "check", words, f"{status}\n\n{CHECK_EXAMPLES}", _check)
    check.add_argument("dilations", nargs="+", type=_list, metavar="DILATION", help="of each layer: 1 2 5 or 1,2,5")
    words = "one for all layers, or one a layer with commas between: 3,5,3 (3)"
    check.add_argument("--kernel-size", type=_kernel_sizes, default=3, metavar="K", help=words)
    words = "list the schedules without holes whose field is nearest above the one asked for, best first"
    design = _command(commands, "design", words, DESIGN_EXAMPLES, _design)
    design.add_argument("field", type=_whole(1), help="samples along an axis that one output shall read")
    design.add_argument("--layers", type=_whole(1), default=3, metavar="N", help="how many layers (3)")
    design.add_argument("--kernel-size", type=_whole(2), default=3, metavar="K", help="of every layer (3)")
    words = "; ".join(f"{rank}: {best}" for rank, best in RANKINGS.items())
    design.add_argument("--rank", choices=RANKINGS, default="evenness", help=f"what is best. {words} (evenness)")
    design.add_argument("--most", type=_whole(1), default=10, metavar="N", help="schedules to list at most (10)")
    words = "say what a network's output reads of its input and of every convolution's, and what to change"
    inspect = _command(commands, "inspect", words, f"{status}\n\n{inspecting.EXAMPLES}", inspecting.answer)
    inspecting.add_options(inspect)
    inspect.set_defaults(typed=inspecting.TYPED)  # its layers and depths are the network's own
    return parser


def _command(commands, name, words, epilog, answer):
    """Add a command that shows examples with its help and its own usage with its errors."""
    keep_lines = argparse.RawDescriptionHelpFormatter
    command = commands.add_parser(name, help=words, description=words, epilog=epilog, formatter_class=keep_lines)
    command.add_argument("--json", action="store_true", help="print the answer for other programs")
    command.set_defaults(answer=answer, command=command, typed=TYPED)
    return command


if __name__ == "__main__":
    sys.exit(main())
