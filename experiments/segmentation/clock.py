"""How long the whole run takes, however often it was stopped and started again."""

import json
import time


class Clock:
    """Adds up the time of a run in a small file, so that a stop loses the network in work and no more.

    Parameters
    ----------
    file : Path
        Holds what earlier sessions of the same run took; need not exist.
    """

    def __init__(self, file):
        self._file = file
        self._before = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        self._start = time.perf_counter()
        self._processes = {}

    def note(self, process, seconds):
        """Keep how much processor time a process has had since it began, and write down what was spent so far."""
        self._processes[process] = seconds
        self._file.write_text(json.dumps(self.spent()), encoding="utf-8")

    def spent(self):
        """Return the times of all sessions together.

        Returns
        -------
        spent : dict of float
            ``wall_seconds``, by the clock on the wall, and ``processor_seconds``, user and system, of this process
            and of those that it was told of.
        """
        own = {
            "wall_seconds": time.perf_counter() - self._start,
            "processor_seconds": time.process_time() + sum(self._processes.values()),
        }
        return {name: self._before.get(name, 0) + seconds for name, seconds in own.items()}
