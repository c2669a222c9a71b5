"""A real JupyterLab: the view follows Python, and Python follows the view."""

import os
import sys

import nbformat
import two_way

from tools.driving import hosts


def test_the_view_and_python_follow_each_other(fresh_visit, tmp_path):
    nbformat.write(two_way.notebook(name="python3", display_name="Python 3"), tmp_path / "sync.ipynb")
    own = {f"JUPYTERLAB_{what}_DIR": str(tmp_path / what) for what in ("SETTINGS", "WORKSPACES")}
    with hosts.jupyterlab([sys.executable, "-m", "jupyterlab"], tmp_path, {**os.environ, **own}) as address:
        two_way.check(fresh_visit.page, f"{address}/lab/tree/sync.ipynb?reset")
