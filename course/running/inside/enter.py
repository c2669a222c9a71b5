"""First process in the sandbox: start the kernel without rights and with limits, and end with it or with the grader.

The grader holds the other end of our standard input. That end closes however the grader dies, also while bubblewrap
is still at work and its own --die-with-parent does not hold yet; when this process ends, all others in here end too.
A namespace of one's own would bring file systems in memory that no limit counts, so the way to new ones is closed; so
are memory that belongs to no process (files in memory, shared memory, what waits in queues), sockets to the machine's
host, and calls that would pass by this filter.
"""

import ctypes
import errno
import json
import os
import platform
import resource
import signal
import struct
import sys
import threading

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, FILTER = 38, 22, 2
LOAD, EQUAL, ANY_BIT, GIVE = 0x20, 0x15, 0x45, 0x06  # instructions of the kernel's packet filter
NUMBER, ARCHITECTURE, FIRST_ARGUMENT = 0, 4, 16  # where they lie in what the filter is shown
ALLOW, REFUSE = 0x7FFF0000, 0x00050000
NEW_USER, HOST_SOCKETS, OTHER_NUMBERS = 0x10000000, 40, 0x40000000
#: Machine → its mark and the numbers of its calls.
CALLS = {
    "x86_64": (0xC000003E, {"clone": 56, "clone3": 435, "socket": 41, "unshare": 272, "setns": 308, "shmget": 29,
                            "msgget": 68, "semget": 64,
                            "memfd_create": 319, "memfd_secret": 447, "io_uring_setup": 425}),
    "aarch64": (0xC00000B7, {"clone": 220, "clone3": 435, "socket": 198, "unshare": 97, "setns": 268, "shmget": 194,
                             "msgget": 186, "semget": 190,
                             "memfd_create": 279, "memfd_secret": 447, "io_uring_setup": 425}),
}  # fmt: skip
#: Where the filter goes on at a call, counted from its end for ordinary ones; all that are not named are refused.
WAYS = {"clone3": 2, "clone": 3, "socket": 7}


def filter_of(machine):
    """Return the filter of system calls; without one nothing of a student's runs."""
    if machine not in CALLS:
        raise OSError(f"no filter of system calls for the machine {machine}, only for {', '.join(CALLS)}")
    mark, calls = CALLS[machine]
    steps = [(LOAD, 0, 0, ARCHITECTURE), (EQUAL, 1, 0, mark), (GIVE, 0, 0, REFUSE | errno.EPERM),
             (LOAD, 0, 0, NUMBER), (ANY_BIT, len(calls) + 1, 0, OTHER_NUMBERS)]  # fmt: skip
    for at, (name, number) in enumerate(calls.items(), 1):
        steps.append((EQUAL, len(calls) - at + WAYS.get(name, 1), 0, number))
    steps += [(GIVE, 0, 0, ALLOW), (GIVE, 0, 0, REFUSE | errno.EPERM), (GIVE, 0, 0, REFUSE | errno.ENOSYS)]
    for test, wrong in ((ANY_BIT, NEW_USER), (EQUAL, HOST_SOCKETS)):
        steps += [(LOAD, 0, 0, FIRST_ARGUMENT), (test, 1, 0, wrong), (GIVE, 0, 0, ALLOW),
                  (GIVE, 0, 0, REFUSE | errno.EPERM)]  # fmt: skip
    return b"".join(struct.pack("HBBI", *step) for step in steps)


def refuse_calls():
    """Install the filter for this process and all that come from it."""
    code = filter_of(platform.machine())
    libc, buffer = ctypes.CDLL(None, use_errno=True), ctypes.create_string_buffer(code)
    program = struct.pack("HxxxxxxP", len(code) // 8, ctypes.addressof(buffer))
    given = ctypes.create_string_buffer(program)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if libc.prctl(PR_SET_SECCOMP, FILTER, given, 0, 0):
        raise OSError(ctypes.get_errno(), "the filter of system calls was not taken")


def become(settings):
    """Replace this process by the program that the settings name, without our rights and our standard input."""
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    for name, value in settings["limits"].items():
        resource.setrlimit(getattr(resource, name), (value, value))
    if settings["uid"]:
        os.setgroups([])
        os.setresgid(*[settings["uid"]] * 3)
        os.setresuid(*[settings["uid"]] * 3)
    refuse_calls()
    os.execv(settings["argv"][0], settings["argv"])


def end_with_grader():
    """Wait until the other end of our standard input is closed, and end everything."""
    os.read(0, 1)
    os._exit(1)


def end_with(child):
    """Wait for `child`, and for orphans meanwhile; end with its exit status."""
    while True:
        ended, status = os.wait()
        if ended == child:
            os._exit(os.waitstatus_to_exitcode(status) % 256)


def main():
    """Read the settings from the command line and start the program that they name."""
    settings = json.loads(sys.argv[1])
    child = os.fork()
    if child == 0:
        become(settings)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # nobody in here may interrupt us
    threading.Thread(target=end_with_grader, daemon=True).start()
    end_with(child)


main()
