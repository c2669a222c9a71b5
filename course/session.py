"""One kernel, in the sandbox or without: it executes cells under a time limit and ends with its notebook."""

import os
import queue
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import psutil
from jupyter_client import BlockingKernelClient
from jupyter_client.connect import write_connection_file
from nbformat.v4 import new_output, output_from_msg

from course import sandbox
from course.watchdog import Watchdog, kill_tree

START_SECONDS = 60
PREFIX = "hdc-"  # of the folders for sockets, followed by the number of the process that uses one
OUTPUTS = ("stream", "display_data", "execute_result", "error")


class KernelGone(Exception):
    """The kernel is dead; the message says why."""


class Session:
    """A kernel as a context manager.

    Parameters
    ----------
    limits : Limits
    boxed : bool
        False only where the teacher has accepted the risk.
    """

    def __init__(self, limits, boxed=True):
        self.limits, self.boxed = limits, boxed
        self.cut = False  # whether output was left out

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
        write_connection_file(
            str(connection), transport="ipc", ip=str(self.folder / "k"), key=os.urandom(16).hex().encode()
        )
        argv, user = sandbox.kernel_argv(connection), sandbox.own_user() if self.boxed else 0
        if user:
            os.chown(self.folder, user, user)
            os.chown(connection, user, user)
        command = sandbox.wrapped(argv, self.folder, self.limits, user) if self.boxed else argv
        environment = {**sandbox.environment(), "JPY_PARENT_PID": str(os.getpid())}  # without a sandbox: ends with us
        streams = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
        if self.boxed:
            streams["stdin"] = subprocess.PIPE  # the sandbox ends when it closes
        self.process = subprocess.Popen(command, **streams, start_new_session=True, cwd=self.folder, env=environment)
        self.watchdog = Watchdog(self.process, self.folder, self.limits)
        self.watchdog.start()
        self.client = BlockingKernelClient(connection_file=str(connection))
        self.client.load_connection_file()
        self.client.start_channels(stdin=False, hb=False)
        self._wait_for_answer()

    def _wait_for_answer(self):
        """Ask the kernel who it is until it answers on both channels."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            self.client.kernel_info()
            try:
                self.client.get_shell_msg(timeout=1)
                self.client.get_iopub_msg(timeout=1)
                return
            except queue.Empty:
                self._check_alive()
        raise KernelGone(f"the kernel did not start within {START_SECONDS} s")

    def _check_alive(self):
        """Raise KernelGone if the kernel's process has ended."""
        if self.watchdog.reason or self.process.poll() is not None:
            raise KernelGone(self.watchdog.reason or "the kernel died")

    def execute(self, code):
        """Execute a cell and return its outputs and the kernel's reply, None if it was interrupted for its time."""
        message = self.client.execute(code, allow_stdin=False, stop_on_error=False)
        outputs, kept, deadline, stopped = [], 0, time.monotonic() + self.limits.cell_seconds, False
        while True:
            try:
                told = self.client.get_iopub_msg(timeout=0.2)
            except queue.Empty:
                self._check_alive()
                told = None
            if time.monotonic() > deadline:
                self._out_of_time(stopped)
                stopped, deadline = True, time.monotonic() + self.limits.grace_seconds
            if told is None or told["parent_header"].get("msg_id") != message:
                continue
            if told["msg_type"] == "status" and told["content"].get("execution_state") == "idle":
                break
            kept = self._keep(told, outputs, kept)
        return self._joined(outputs, stopped), None if stopped else self._reply(message)

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
        output = output_from_msg(told)
        size = len(str(output.get("text", output.get("data", output.get("traceback", "")))))
        room = self.limits.output_kb * 1000 - kept
        if size <= room or output.output_type == "error":
            outputs.append(_shortened(output, self.limits.output_kb * 1000))
        elif room > 0:
            cut = output.text[:room] if output.output_type == "stream" else ""
            outputs.append(new_output("stream", name="stdout", text=f"{cut}\n[the rest of the output was left out]\n"))
            self.cut = True
        return kept + size

    def _joined(self, outputs, stopped):
        """Return the outputs with pieces of one stream joined, and the reason why the cell was stopped."""
        joined = []
        for output in outputs:
            last = joined[-1] if joined else {}
            if output.output_type == "stream" and output.name == last.get("name"):
                last.text += output.text
            else:
                joined.append(output)
        return joined + ([error_output(f"stopped after {self.limits.cell_seconds} s")] if stopped else [])

    def _reply(self, message):
        """Return the content of the kernel's reply to a message."""
        deadline = time.monotonic() + self.limits.grace_seconds
        while time.monotonic() < deadline:
            try:
                reply = self.client.get_shell_msg(timeout=0.5)
            except queue.Empty:
                self._check_alive()
                continue
            if reply["parent_header"].get("msg_id") == message:
                return reply["content"]
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
        shutil.rmtree(self.folder, ignore_errors=True)


def sweep():
    """Remove the folders that processes of ours left behind because they were killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*-*"):
        owner = folder.name.removeprefix(PREFIX).partition("-")[0]
        if owner.isdigit() and not psutil.pid_exists(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)


def error_output(reason):
    """Return an output that says why there is no other."""
    return new_output("error", ename="Stopped", evalue=reason, traceback=[reason])


def _shortened(output, characters):
    """Return an error's output without the middle of an endless message."""
    if output.output_type == "error" and len("".join(output.traceback)) > characters:
        output.traceback, output.evalue = output.traceback[-1][-1000:].splitlines(), output.evalue[:1000]
    return output
