"""The sandbox round a kernel: bubblewrap, without network, with nothing to read but Python and hdclib."""

import itertools
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import hdclib

INSIDE = Path(__file__).resolve().parent / "inside"
SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib64", "/lib32")
SYSTEM_FILES = ("/etc/ld.so.cache", "/etc/alternatives", "/etc/fonts", "/etc/localtime")
FIRST_UID = 2_000_000  # a user that owns nothing; each sandbox has its own, so that processes are counted apart
HOME = "/tmp"
ADVICE = """\
This machine offers no sandbox: {reason}
Students' code would run with your rights: it could read and change every file of yours, the gradebook too.
Install bubblewrap (Debian, Ubuntu: apt-get install bubblewrap; Fedora: dnf install bubblewrap) and allow
unprivileged user namespaces, or grade inside of a virtual machine that does.
To go without all the same, say --without-sandbox-i-accept-the-risk"""
PROBE = "import os; os.listdir('/'); open('/tmp/x', 'w').write('x'); import numpy, ipykernel, hdclib"

_numbers = itertools.count()


def environment():
    """Return the whole environment of a kernel."""
    return {
        "HOME": HOME,
        "PATH": f"{sys.prefix}/bin:/usr/bin:/bin",
        "MPLCONFIGDIR": f"{HOME}/mpl",
        "IPYTHONDIR": f"{HOME}/ipython",
        "LANG": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
    }


def own_user():
    """Return a user id that no other sandbox of this machine has now, or 0 if we are not root."""
    return FIRST_UID + os.getpid() % 2**22 * 64 + next(_numbers) % 64 if os.geteuid() == 0 else 0


def kernel_argv(connection_file):
    """Return the command that starts our kernel."""
    options = ["--HistoryManager.enabled=False", "--log-level=CRITICAL"]
    return [sys.executable, "-P", str(INSIDE / "kernel.py"), "-f", str(connection_file), *options]


def wrapped(argv, writable, limits, user):
    """Return the command that runs `argv` in the sandbox, which ends when its standard input does.

    Parameters
    ----------
    argv : list of str
    writable : Path or None
        The one folder that is shared with the outside, for the kernel's sockets.
    limits : Limits
    user : int
        From `own_user`; the folder `writable` must belong to it.
    """
    settings = {"limits": resource_limits(limits), "uid": user, "argv": argv}
    command = [shutil.which("bwrap") or "bwrap", "--die-with-parent", "--new-session", "--as-pid-1"]
    command += ["--hostname", "sandbox", "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts"]
    command += ["--unshare-cgroup-try"]
    if user:
        command += ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    else:
        command += ["--unshare-user", "--uid", "65534", "--gid", "65534"]
    command += _mounts(limits)
    command += [*_way_to(writable), "--bind", str(writable), str(writable)] if writable else []
    command += ["--remount-ro", "/", "--chdir", HOME, "--clearenv"]
    for name, value in environment().items():
        command += ["--setenv", name, value]
    return [*command, sys.executable, "-I", "-S", str(INSIDE / "enter.py"), json.dumps(settings)]


def _mounts(limits):
    """Return the arguments that lay out the sandbox's files."""
    arguments, scratch = [], str(limits.disk_mb * 2**20)
    for place in SYSTEM:
        if os.path.islink(place):
            arguments += ["--symlink", os.readlink(place), place]
        elif os.path.isdir(place):
            arguments += ["--ro-bind", place, place]
    for place in SYSTEM_FILES:
        arguments += ["--ro-bind-try", place, place]
    arguments += ["--proc", "/proc", "--dev", "/dev"]
    for place in ("/dev/shm", HOME):
        arguments += ["--perms", "1777", "--size", scratch, "--tmpfs", place]
    arguments += ["--remount-ro", "/dev"]
    for place in dict.fromkeys((sys.base_prefix, sys.prefix, str(Path(hdclib.__file__).parent), str(INSIDE))):
        arguments += [*_way_to(place), "--ro-bind", place, place]
    return arguments


def _way_to(place):
    """Return the arguments that make the folders above `place`, empty, for every user to pass."""
    above = [str(folder) for folder in reversed(Path(place).parents)][1:]
    return [word for folder in above if not folder.startswith(SYSTEM) for word in ("--perms", "0755", "--dir", folder)]


def resource_limits(limits):
    """Return the limits that the kernel enforces on each process."""
    return {
        "RLIMIT_AS": limits.address_mb * 2**20,
        "RLIMIT_FSIZE": limits.disk_mb * 2**20,
        "RLIMIT_CORE": 0,
        "RLIMIT_NOFILE": 512,
        "RLIMIT_NPROC": 4 * limits.processes,  # counts threads too
        "RLIMIT_CPU": 2 * limits.total_seconds,
        "RLIMIT_MEMLOCK": 2**20,
    }


def reason_against(limits):
    """Return why no sandbox can be had on this machine, or an empty string if one works."""
    if not sys.platform.startswith("linux"):
        return f"bubblewrap needs Linux, this is {sys.platform}"
    if shutil.which("bwrap") is None:
        return "bubblewrap (the program bwrap) is not installed"
    command = wrapped([sys.executable, "-c", PROBE], None, limits, own_user())
    given, held = os.pipe()
    try:
        probe = subprocess.run(command, stdin=given, capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"bubblewrap does not run: {error}"
    finally:
        os.close(given)
        os.close(held)
    return "" if probe.returncode == 0 else f"bubblewrap does not work here: {probe.stderr.strip()[-300:]}"
