"""Run parts of the tests with make, one after the other, and print how long each took, to the first that fails."""

import resource
import subprocess
import sys
import time


def seconds():
    """Return the time now, and the processor time of all processes started from here that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.monotonic(), used.ru_utime + used.ru_stime


def run(part):
    """Run one part; return its exit status and the two times that it took."""
    before = seconds()
    status = subprocess.run(["make", "--no-print-directory", part]).returncode
    return status, [after - start for start, after in zip(before, seconds(), strict=True)]


def main(parts):
    """Run the parts; return the exit status of the last one that was run."""
    status, lines = 0, []
    for part in parts:
        if status == 0:
            status, (wall, busy) = run(part)
            lines.append(f"{part:10} {wall:8.0f} s {busy:8.0f} s{'' if status == 0 else '  FAILED'}")
    left = parts[len(lines) :]
    print("\n=== how long each part took, and how long the processors worked for it ===")
    print(*lines, *[f"{part:10} not run" for part in left], sep="\n", flush=True)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
