"""Spread submissions over processes: shards of a few, here or on a Dask cluster."""

import contextlib
import ctypes
import functools
import multiprocessing
import os
import signal
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool

from course import sandbox
from course.layout import CourseError
from course.run import run_job

LARGEST = 4  # submissions in a shard
ROUNDS = 3  # how often a shard is tried whose process died
PR_SET_PDEATHSIG = 1


def make_shards(jobs, workers):
    """Cut `jobs` into shards, at least four for each worker where there are enough."""
    size = max(1, min(LARGEST, len(jobs) // (4 * workers)))
    return [jobs[at : at + size] for at in range(0, len(jobs), size)]


def run_shard(jobs, limits, boxed):
    """Grade the submissions of a shard one after the other; return their outcomes. Needs nothing but its arguments."""
    if boxed and (reason := _reason_against(limits)):
        raise CourseError(sandbox.ADVICE.format(reason=reason))
    return [_guarded(job, limits, boxed) for job in jobs]


_reason_against = functools.cache(sandbox.reason_against)


def _guarded(job, limits, boxed):
    """Grade one submission; whatever goes wrong is that submission's outcome."""
    try:
        return run_job(job, limits, boxed)
    except Exception as error:
        return failure(job, f"the grader failed: {type(error).__name__}: {error}")


def failure(job, reason):
    """Return the outcome of a submission that could not be graded."""
    return {"student": job["student"], "notebook": None, "reasons": [reason], "seconds": 0.0}


def here(jobs, limits, boxed, workers):
    """Yield outcomes as they come from processes on this machine.

    A process that dies takes its pool with it; what was lost is tried again, one submission a shard.
    """
    shards = make_shards(jobs, workers)
    for _ in range(ROUNDS):
        lost = []
        with _pool(workers) as pool:
            futures = {pool.submit(run_shard, shard, limits, boxed): shard for shard in shards}
            for future in as_completed(futures):
                try:
                    yield from future.result()
                except BrokenProcessPool:
                    lost += futures[future]
        shards = [[job] for job in lost]
        if not shards:
            return
    yield from (failure(job, f"the grader's process died {ROUNDS} times") for (job,) in shards)


@contextlib.contextmanager
def _pool(workers):
    """A pool whose processes die at once when we are interrupted or die."""
    context = multiprocessing.get_context("spawn")  # a fork server would outlive a parent that is killed
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_die_with_parent)
    try:
        yield pool
        pool.shutdown()
    except BaseException:
        for process in multiprocessing.active_children():
            process.kill()
        pool.shutdown(wait=False, cancel_futures=True)
        raise


def _die_with_parent():
    """Leave Ctrl-C to the parent, and end when it ends however it does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(OSError, AttributeError):  # systems other than Linux
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if not multiprocessing.parent_process().is_alive():  # it died before it could be asked for
        os._exit(1)


def on_cluster(jobs, limits, boxed, address):
    """Yield outcomes as they come from the Dask cluster whose scheduler listens at `address`."""
    from distributed import Client
    from distributed import as_completed as completed
    from distributed.scheduler import KilledWorker

    with Client(address, timeout="20s") as client:
        workers = max(1, sum(client.nthreads().values()))
        shards = make_shards(jobs, workers)
        futures = {
            client.submit(run_shard, shard, limits, boxed, pure=False, retries=ROUNDS): shard for shard in shards
        }
        for future in completed(futures):
            try:
                yield from future.result()
            except KilledWorker as error:
                yield from (failure(job, f"the cluster gave up: {error}") for job in futures[future])
