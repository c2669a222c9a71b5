"""The command line: `python -m hdclib check 1 2 5` and `python -m hdclib design 31 --layers 4`."""

import argparse
import sys

import hdclib as hdc

NO_HOLES, HOLES = 0, 1  # exit status; argparse exits with 2 where the question makes no sense


def main(arguments=None):
    """Answer one question about dilations and return the exit status.

    Parameters
    ----------
    arguments : list of str, optional
        What stands behind ``python -m hdclib``; the program's own arguments if left out.

    Returns
    -------
    status : int
        0 if there are no holes, 1 if there are.

    Raises
    ------
    SystemExit
        With status 2 and a message if the arguments make no sense.

    Examples
    --------
    >>> from hdclib.__main__ import main
    >>> main(["design", "27", "--layers", "3"])
    field  evenness  dilations
       27   100.0 %  1, 3, 9
    0
    """
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        return options.answer(options)
    except (TypeError, ValueError) as error:
        return parser.error(str(error))


def _check(options):
    """Print the report on a stack."""
    sizes = options.kernel_size
    report = hdc.check(options.dilations, kernel_size=sizes[0] if len(sizes) == 1 else sizes)
    print(report)
    return NO_HOLES if report.hole_free else HOLES


def _design(options):
    """Print the schedules without holes, best first."""
    schedules = hdc.design(options.field, options.layers, options.kernel_size)
    print("field  evenness  dilations")
    for schedule in schedules[: options.most]:
        print(f"{schedule.field:5}  {100 * schedule.evenness:5.1f} %  {', '.join(map(str, schedule.dilations))}")
    return NO_HOLES


def _parser():
    parser = argparse.ArgumentParser(prog="python -m hdclib", description="Dilated convolutions without holes.")
    parser.add_argument("--version", action="version", version=f"hdclib {hdc.__version__}")
    commands = parser.add_subparsers(required=True, metavar="check | design")
    words = "hold the HDC rules and the exact criterion against what a stack reads; exit status 1 if it has holes"
    check = commands.add_parser("check", help=words, description=words)
    check.add_argument("dilations", nargs="+", type=int, metavar="DILATION", help="of each layer, first layer first")
    check.add_argument("--kernel-size", nargs="+", type=int, default=[3], metavar="K", help="one, or one a layer (3)")
    check.set_defaults(answer=_check)
    words = "list the schedules without holes whose field is nearest above the one asked for, most even first"
    design = commands.add_parser("design", help=words, description=words)
    design.add_argument("field", type=int, help="samples along an axis that one output shall read")
    design.add_argument("--layers", type=int, default=3, help="how many layers (3)")
    design.add_argument("--kernel-size", type=int, default=3, metavar="K", help="of every layer (3)")
    design.add_argument("--most", type=int, default=10, help="schedules to list at most (10)")
    design.set_defaults(answer=_design)
    return parser


if __name__ == "__main__":
    sys.exit(main())
