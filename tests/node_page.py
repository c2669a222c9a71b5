"""A page without a browser, on which a script runs: for what it draws, says and sets."""

import json
import re
import subprocess
from pathlib import Path

from scripts import SCRIPTS, node

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = Path(__file__).with_name("node_page.mjs")
DOM = ROOT / "web" / "node_modules" / "happy-dom" / "lib" / "index.js"
ADDRESS = "http://widgets.test/page.html"


class NodePage:
    """Shows one widget at a time, from its class's script and an instance's traits."""

    def __init__(self):
        command = [str(node()), str(PROGRAM), str(DOM), str(SCRIPTS / "kit" / "widgets.css"), ADDRESS]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, act, **given):
        """Let the page do something; return what it answers.

        Raises
        ------
        AssertionError
            If the script threw an error.
        """
        self.process.stdin.write(json.dumps({"do": act, **given}) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        assert "error" not in answer, answer["error"]
        return answer["answer"]

    def show(self, widget, search=None, still=False, keep=False):
        """Render a widget anew; with `search` as on a page of the site with that address.

        Where motion is not wanted it is `still`; what readers answered before is there if it is to `keep`.
        """
        state = {name: getattr(widget, name) for name in [*widget.own_traits(), "bounds"]}
        script = (SCRIPTS / widget.script).as_uri()
        self.ask("show", script=script, state=json.loads(json.dumps(state)), search=search, still=still, keep=keep)

    def run(self, script, body, **given):
        """Run the body of a function in a new, empty page; return what it returns.

        Parameters
        ----------
        script : str
            A script from the root of the project; the body knows its exports as ``script``, when it asks for them with
            ``await load()``.
        body : str
            JavaScript, which also knows ``el``, ``given``, ``moveOn(frames)`` and ``press(key, target)``.
        """
        return self.ask("run", script=(ROOT / script).as_uri(), body=body, given=given)

    def told(self):
        """Return what stands on the page now, as a dict."""
        return self.ask("told")

    def set(self, **values):
        """Change traits, as sliders or Python do."""
        self.ask("set", values=values)

    def svg(self):
        """Return the file that *Save SVG* gives, an element a line, its places to a hundredth."""
        return re.sub(r"<[^>]*>", _rounded, self.ask("svg")).replace("><", ">\n<")

    def close(self):
        """End the process."""
        self.process.stdin.close()
        self.process.wait()


def _rounded(tag):
    return re.sub(r"-?\d+\.\d{3,}", lambda number: f"{float(number[0]):.2f}", tag[0])
