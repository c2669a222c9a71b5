"""One kernel, in the sandbox or without, and the tests beside it: cells under a time limit, until the notebook ends."""

import json
import os
import queue
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil
import zmq
from jupyter_client import BlockingKernelClient
from jupyter_client.connect import write_connection_file
from nbformat.v4 import new_output, output_from_msg

from course.running import memory, sandbox
from course.running.testing import Tester
from course.running.watchdog import Watchdog, kill_tree

START_SECONDS = 60
PREFIX = "hdc-"  # of the folders for sockets, followed by the number of the process that uses one
ANSWER = "#hdc-answer"  # the cell that lets the tests ask; as in inside/kernel.py
FULL_CELLS = 20  # so many cells may use up their room for output
MOST_ERROR = 20_000  # characters of an error that is kept whole
MOST_MESSAGE = 20_000_000  # bytes of a part; a kernel that sends more is heard no more
MOST_WAITING = 10  # messages that wait to be read
OUTPUTS = ("stream", "display_data", "execute_result", "error")


class KernelGone(Exception):
    """The kernel is dead; the message says why."""


class Session:
    """A kernel and the tests of what it defines, as a context manager.

    Parameters
    ----------
    limits : Limits
    boxed : bool
        False only where the teacher has accepted the risk.
    deadline : float, optional
        When all has to be done, on the clock of `time.monotonic`.
    missing : collection of str, optional
        Packages that are not installed; importing one fails nothing, using it does.
    """

    def __init__(self, limits, boxed=True, deadline=None, missing=()):
        self.limits, self.boxed, self.missing = limits, boxed, missing
        self.deadline = deadline or time.monotonic() + limits.total_seconds
        self.cut = False  # whether output was left out
        self.room = FULL_CELLS * limits.output_kb * 1000  # bytes of output of the whole notebook

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
        try:
            self._start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_):
        self.close()

    def _start(self):
        """Start the kernel and wait until it answers."""
        connection = self.folder / "kernel.json"
        settings: Any
        _, settings = write_connection_file(
            str(connection), transport="ipc", ip=str(self.folder / "k"), key=os.urandom(16).hex().encode()
        )
        self.ports = [settings[f"{channel}_port"] for channel in ("shell", "iopub", "control")]
        tests_end, own_end = socket.socketpair()  # the wall
        with tests_end, own_end:
            self.tests = Tester(tests_end, self.limits, self.boxed)
            self._start_kernel(connection, own_end)
        self._wait_for_sockets()
        context = zmq.Context()
        context.setsockopt(zmq.RECONNECT_IVL, -1)  # what binds there later is not the kernel
        context.setsockopt(zmq.MAXMSGSIZE, MOST_MESSAGE)
        context.setsockopt(zmq.RCVHWM, MOST_WAITING)
        self.client = BlockingKernelClient(connection_file=str(connection), context=context)
        self.client.load_connection_file()
        self.client.start_channels(stdin=False, hb=False)
        self._wait_for_answer()
        self.tests.wait()
        if self.boxed:  # all is connected for good, and in a folder that is gone nobody can make a socket or a file
            shutil.rmtree(self.folder)

    def _start_kernel(self, connection, wall):
        """Start the kernel's process, which answers at its end of the wall, and the watch on it."""
        argv = sandbox.kernel_argv(connection, wall.fileno(), self.missing)
        user = sandbox.own_user() if self.boxed else 0
        if user:
            os.chown(self.folder, user, user)
            os.chown(connection, user, user)
        command = sandbox.wrapped(argv, sandbox.ANSWERS, self.limits, user, self.folder) if self.boxed else argv
        environment = {**sandbox.environment(), "JPY_PARENT_PID": str(os.getpid())}  # without a sandbox: ends with us
        end = subprocess.PIPE if self.boxed else subprocess.DEVNULL  # the sandbox ends when it closes
        self.group = memory.Group(self.limits)
        self.process = subprocess.Popen(
            self.group.around(command), stdin=end, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True, cwd=self.folder, env=environment, pass_fds=[wall.fileno()],
        )  # fmt: skip
        self.watchdog = Watchdog(self.process, self.limits, self.deadline, self.group)
        self.watchdog.start()

    def _wait_for_sockets(self):
        """Wait until the kernel takes connections; nothing of the student's has run by then."""
        deadline = time.monotonic() + START_SECONDS
        waiting = [str(self.folder / f"k-{port}") for port in self.ports]
        while waiting and time.monotonic() < deadline:
            with socket.socket(socket.AF_UNIX) as asks:
                if asks.connect_ex(waiting[0]) == 0:
                    waiting.pop(0)
                    continue
            self._check_alive()
            time.sleep(0.02)

    def _wait_for_answer(self):
        """Ask the kernel who it is until it answers on all channels."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            self.client.kernel_info()
            self.client.control_channel.send(self.client.session.msg("kernel_info_request"))
            try:
                for answer in (self.client.get_shell_msg, self.client.get_iopub_msg, self.client.get_control_msg):
                    answer(timeout=1)
                return
            except queue.Empty:
                self._check_alive()
        raise KernelGone(f"the kernel did not start within {START_SECONDS} s")

    def _check_alive(self):
        """Raise KernelGone if the kernel's process has ended."""
        if self.watchdog.reason or self.process.poll() is not None:
            raise KernelGone(self.watchdog.why() or "the kernel died")

    def execute(self, code):
        """Execute a cell and return its outputs and the kernel's reply, None if it was interrupted for its time."""
        try:
            return self._execute(code)
        except KernelGone:
            raise
        except Exception as error:  # a student's code can write into the kernel's sockets, whatever it likes
            self.watchdog.kill(f"the kernel sent what is no message ({type(error).__name__})")
            raise KernelGone(self.watchdog.reason) from None

    def _execute(self, code):
        """Send a cell to the kernel and collect what it tells until it is idle."""
        message = self.client.execute(code, allow_stdin=False, stop_on_error=False)
        outputs, kept, deadline, stopped = [], 0, time.monotonic() + self.limits.cell_seconds, False
        while True:
            told = self._next(self.client.get_iopub_msg, 0.2)
            if time.monotonic() > deadline:
                self._out_of_time(stopped)
                stopped, deadline = True, time.monotonic() + self.limits.grace_seconds
            if told is None or told["parent_header"].get("msg_id") != message:
                continue
            if told["msg_type"] == "status" and told["content"].get("execution_state") == "idle":
                break
            kept = self._keep(told, outputs, kept)
        return self._joined(outputs, stopped), None if stopped else self._reply(message)

    def test(self, source, names):
        """Run a test of what the kernel defines; return its verdict, and whether it was stopped for its time."""
        self.tests.start(source, names)
        _, reply = self.execute(ANSWER)  # what is printed meanwhile is dropped
        if (verdict := self.tests.verdict()) is None:
            self.watchdog.kill("a test came to no end")
            raise KernelGone(self.watchdog.reason)
        return verdict, reply is None

    def _out_of_time(self, again):
        """Interrupt the cell; the second time, kill the sandbox."""
        if again:
            self.watchdog.kill(f"a cell ran longer than {self.limits.cell_seconds} s and could not be interrupted")
            raise KernelGone(self.watchdog.reason)
        self.client.control_channel.send(self.client.session.msg("interrupt_request"))

    def _keep(self, told, outputs, kept):
        """Append an output while there is room for it; return the size of all that was kept."""
        if told["msg_type"] not in OUTPUTS:
            return kept
        output = _shortened(output_from_msg(told))
        size = len(json.dumps(output))
        room = min(self.limits.output_kb * 1000 - kept, self.room)
        errors = sum(one.output_type == "error" for one in outputs)
        if size <= room or (output.output_type == "error" and not errors):
            outputs.append(output)
            self.room -= size
        elif room > 0:
            cut = output.text[:room] if output.output_type == "stream" else ""
            outputs.append(new_output("stream", name="stdout", text=f"{cut}\n[the rest of the output was left out]\n"))
            self.cut, self.room = True, self.room - len(cut)
        return kept + size

    def _joined(self, outputs, stopped):
        """Return the outputs with pieces of one stream joined, and the reason why the cell was stopped."""
        joined = []
        for output in outputs:
            if joined and output.output_type == "stream" and output.name == joined[-1].get("name"):
                joined[-1].text += output.text
            else:
                joined.append(output)
        return joined + ([error_output(f"stopped after {self.limits.cell_seconds} s")] if stopped else [])

    def _reply(self, message):
        """Return the content of the kernel's reply to a message."""
        deadline = time.monotonic() + self.limits.grace_seconds
        while time.monotonic() < deadline:
            reply = self._next(self.client.get_shell_msg, 0.5)
            if reply and reply["parent_header"].get("msg_id") == message:
                return reply["content"]
        return None

    def _next(self, get, seconds):
        """Return the next message of a channel, None if there is none in time."""
        try:
            return get(timeout=seconds)
        except queue.Empty:
            self._check_alive()
            return None

    def close(self):
        """End the kernel, everything that it started, and its folder."""
        if hasattr(self, "watchdog"):
            self.watchdog.stop()
        if hasattr(self, "client"):
            self.client.stop_channels()
        if hasattr(self, "process"):
            with self.process:  # closes its input and waits for it
                kill_tree(self.process)
        if hasattr(self, "group"):
            self.group.close()
        if hasattr(self, "tests"):
            self.tests.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def sweep():
    """Remove the folders that processes of ours left behind because they were killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*-*"):
        owner = folder.name.removeprefix(PREFIX).partition("-")[0]
        if owner.isdigit() and not _lives(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)


def _lives(pid):
    """Tell whether a process is there and has not ended."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def error_output(reason):
    """Return an output that says why there is no other."""
    return new_output("error", ename="Stopped", evalue=reason, traceback=[reason])


def _shortened(output):
    """Return an error's output without the middle of an endless message; others as they are."""
    if output.output_type == "error" and len(json.dumps(output)) > MOST_ERROR:
        lines = str(output.traceback[-1:])[-1000:].splitlines()
        return new_output("error", ename=output.ename[:100], evalue=output.evalue[:1000], traceback=lines)
    return output
