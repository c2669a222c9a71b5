"""What strict nbval lacks for this book: a closing ``;`` is honoured, and pictures are compared.

Loaded with ``-p nbval_glue`` by `make nbval`.
"""

import pytest
from nbval import kernel, plugin

from tools.notebooks import notebook_form

compare_text = plugin.IPyNbCell.compare_outputs


def pytest_addoption(parser):
    parser.addoption(
        "--png-tolerance",
        type=float,
        default=notebook_form.PNG_TOLERANCE,
        help="largest root mean squared difference, of 255, between a stored picture and a fresh one",
    )


def execute_with_history(self, cell_input, allow_stdin=None):
    """Execute a cell as a front end does; without history IPython ignores a closing ``;``."""
    return self.kc.execute(cell_input, store_history=True, allow_stdin=allow_stdin, stop_on_error=False)


def pictures_in(outputs):
    """Return the PNG pictures of a cell's outputs, in order."""
    return [output["data"]["image/png"] for output in outputs if "image/png" in output.get("data", {})]


def picture_mistake(stored, fresh, tolerance):
    """Say in what the pictures of a cell differ; nothing if they agree."""
    if len(stored) != len(fresh):
        return f"{len(stored)} pictures are stored, the code draws {len(fresh)}"
    for number, pair in enumerate(zip(stored, fresh, strict=True), 1):
        distance = notebook_form.picture_distance(*pair)
        if distance > tolerance:
            return f"picture {number} differs: {distance:.2f} of 255, at most {tolerance} is allowed"
    return ""


def compare_outputs(self, test, ref, skip_compare=None):
    """Compare a cell's texts as nbval does, then its pictures."""
    if not compare_text(self, test, ref, skip_compare):
        return False
    mistake = picture_mistake(pictures_in(ref), pictures_in(test), self.config.getoption("--png-tolerance"))
    if mistake:
        self.comparison_traceback.append(mistake)
    return not mistake


@pytest.hookimpl(trylast=True)
def pytest_configure(config):
    kernel.RunningKernel.execute_cell_input = execute_with_history
    plugin.IPyNbCell.compare_outputs = compare_outputs
