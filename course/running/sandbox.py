"""The sandboxes: bubblewrap, without network, with nothing to read but Python and what of hdclib each may have."""

import functools
import itertools
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import matplotlib

import hdclib

INSIDE = Path(__file__).resolve().parent / "inside"
LIBRARY = Path(hdclib.__file__).parent
TESTS = (LIBRARY,)  # what the tests may read of hdclib
#: What answers may read of it: how to draw, and nothing that counts.
ANSWERS = tuple(sorted([*(LIBRARY / name for name in ("__init__.py", "names.py", "checks.py", "figures.py",
                                                      "coursework/__init__.py", "coursework/drawings.py")),
                        *LIBRARY.glob("*/figures.py")]))  # fmt: skip
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


def kernel_argv(connection_file, wall, missing=()):
    """Return the command that starts our kernel, which answers at the socket with the number `wall`.

    An import of a package that is `missing` fails there only when the package is used.
    """
    options = ["--HistoryManager.enabled=False", "--log-level=CRITICAL"]
    program = [sys.executable, str(INSIDE / "kernel.py"), str(wall), ",".join(missing)]
    return [*program, "-f", str(connection_file), *options]


def tester_argv(control, wall):
    """Return the command that starts the tester, with the numbers of its two sockets."""
    return [sys.executable, str(INSIDE / "tester.py"), str(control), str(wall)]


def wrapped(argv, library, limits, user, writable=None):
    """Return the command that runs `argv` in the sandbox, which ends when its standard input does.

    Parameters
    ----------
    argv : list of str
    library : tuple of Path
        The files and folders of hdclib that are to be had.
    limits : Limits
    user : int
        From `own_user`; the folder `writable` must belong to it.
    writable : Path, optional
        The one folder that is shared with the outside, for the kernel's sockets, until all are connected.
    """
    settings = {"limits": resource_limits(limits), "uid": user, "argv": argv}
    command = [shutil.which("bwrap") or "bwrap", "--die-with-parent", "--new-session", "--as-pid-1"]
    command += ["--hostname", "sandbox", "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts"]
    command += ["--unshare-cgroup-try"]
    if user:
        command += ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    else:
        command += ["--unshare-user", "--uid", "65534", "--gid", "65534"]
    command += _mounts(limits, library)
    command += [*_way_to(writable), "--bind", str(writable), str(writable)] if writable else []
    command += ["--remount-ro", "/", "--chdir", HOME, "--clearenv"]
    for name, value in environment().items():
        command += ["--setenv", name, value]
    return [*command, sys.executable, "-I", "-S", str(INSIDE / "enter.py"), json.dumps(settings)]


def _mounts(limits, library):
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
    for place in dict.fromkeys((sys.base_prefix, sys.prefix, str(INSIDE))):
        arguments += [*_way_to(place), "--ro-bind", place, place]
    arguments += [*_way_to(LIBRARY), "--perms", "0755", "--tmpfs", str(LIBRARY)]  # hides one that lies below the rest
    if fonts := list_of_fonts():  # without it each kernel makes one, for a third of a second
        own = f"{HOME}/mpl/{Path(fonts).name}"
        arguments += ["--perms", "1777", "--dir", f"{HOME}/mpl", "--ro-bind", fonts, own]
    for place in library:
        if place.parent.parent == LIBRARY:
            arguments += ["--perms", "0755", "--dir", str(place.parent)]
        arguments += ["--ro-bind", str(place), str(place)]
    return [*arguments, "--remount-ro", str(LIBRARY)]


@functools.cache
def list_of_fonts():
    """Return the file in which matplotlib keeps this machine's fonts, or an empty string if it has made none yet."""
    lists = sorted(Path(matplotlib.get_cachedir()).glob("fontlist-*.json"), key=os.path.getmtime)
    return str(lists[-1]) if lists else ""


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
        "RLIMIT_NOFILE": 160,  # what waits in sockets is memory that no process has
        "RLIMIT_MSGQUEUE": 0,
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
    command = wrapped([sys.executable, "-c", PROBE], ANSWERS, limits, own_user())
    given, held = os.pipe()
    try:
        probe = subprocess.run(command, stdin=given, capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"bubblewrap does not run: {error}"
    finally:
        os.close(given)
        os.close(held)
    return "" if probe.returncode == 0 else f"bubblewrap does not work here: {probe.stderr.strip()[-300:]}"
