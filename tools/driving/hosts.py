"""The places where the notebooks run, each started on this machine: a static host, the archive, Binder's image."""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from contextlib import contextmanager
from pathlib import Path

import hdc_launch

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "_build" / "site"
ARCHIVE = ROOT / "_build" / hdc_launch.ARCHIVE
PORT = re.compile(r"(?:port |127\.0\.0\.1:)(\d+)")
PATIENCE = 60  # seconds for a server to answer
LAB = ["--ServerApp.ip=127.0.0.1", "--IdentityProvider.token=", "--no-browser", "--allow-root"]
LAB += ["--LabApp.expose_app_in_browser=True"]  # tools/driving/lab_driver.py drives the notebooks through it


def name_of(path):
    """Return a notebook's name in the book, such as ``coursework/sizes``."""
    return path.relative_to(ROOT / "book").with_suffix("").as_posix()


@contextmanager
def running(command, folder, environment=None):
    """Start a server in a folder; yield its address, read from what it prints."""
    with tempfile.NamedTemporaryFile("w") as log:
        server = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
        try:
            yield f"http://127.0.0.1:{_port(server, Path(log.name))}"
        finally:
            server.terminate()
            server.wait(timeout=PATIENCE)


def _port(server, log):
    """Wait until a server prints its port and answers there; return the port."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        if found := PORT.search(log.read_text()):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{found[1]}/", timeout=5)
                return found[1]
            except OSError:
                pass
        time.sleep(0.2)
    raise RuntimeError(f"{server.args} did not start: {log.read_text()[-2000:]}")


@contextmanager
def static_host(folder):
    """Serve a folder with what every Python has; yield its address."""
    with running([sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1"], folder) as address:
        yield address


def unpack(folder):
    """Unpack the book's archive into a folder; return the folder of the book in it."""
    with zipfile.ZipFile(ARCHIVE) as archive:
        archive.extractall(folder)
    return folder / ARCHIVE.stem


def copy_repository(folder, root=ROOT, untracked=False):
    """Copy the files that are in the repository, as they are now, and those that are new to it if `untracked`."""
    kinds = ["-co", "--exclude-standard"] if untracked else []
    command = ["git", "ls-files", "-z", *kinds]
    listed = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        if (root / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, folder / name)


def make_image(folder):
    """Do what Binder does with the files of ``binder/``: requirements first, then postBuild. Return its variables."""
    copy_repository(folder / "repository")
    subprocess.run([sys.executable, "-m", "venv", folder / "env"], check=True)
    hidden = ("PYTHON", "JUPYTER", "VIRTUAL_ENV")
    alone = {name: value for name, value in os.environ.items() if not name.startswith(hidden)}
    alone["PATH"] = f"{folder / 'env' / 'bin'}:/usr/local/bin:/usr/bin:/bin"
    alone |= {f"JUPYTER_{what}_DIR": str(folder / what) for what in ("CONFIG", "DATA", "RUNTIME")}
    alone |= {f"JUPYTERLAB_{what}_DIR": str(folder / what) for what in ("SETTINGS", "WORKSPACES")}
    install = ["pip", "install", "--quiet", "--no-cache-dir", "-r", "binder/requirements.txt"]
    for command in (install, ["./binder/postBuild"]):
        subprocess.run(["env", *command], cwd=folder / "repository", env=alone, check=True)
    return alone


@contextmanager
def jupyterlab(command, folder, environment=None):
    """Start JupyterLab by a command on a folder; yield the server's address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with running([*command, *LAB, f"--ServerApp.port={port}"], folder, environment) as address:
        yield address


@contextmanager
def binder(folder):
    """Make the environment of Binder in an empty folder and start its JupyterLab; yield the server's address."""
    alone = make_image(folder)
    with jupyterlab([str(folder / "env" / "bin" / "jupyter-lab")], folder / "repository", alone) as address:
        yield address
