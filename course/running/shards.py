"""Spread submissions over processes: shards of a few, here or on a Dask cluster."""

import contextlib
import functools
import resource
from concurrent.futures import as_completed

from pebble import ProcessExpired, ProcessPool

from course.layout import CourseError
from course.running import sandbox
from course.running.parent import die_with_parent, processes
from course.running.run import run_job

LARGEST = 4  # submissions in a shard
ROUNDS = 3  # how often a shard is tried whose process died
MEGABYTES = 4000  # address space of a process: a kernel may send more than it is to hold


def make_shards(jobs, workers):
    """Cut `jobs` into shards, at least four for each worker where there are enough."""
    size = max(1, min(LARGEST, len(jobs) // (4 * workers)))
    return [jobs[at : at + size] for at in range(0, len(jobs), size)]


def run_shard(jobs, limits, boxed):
    """Grade the submissions of a shard one after the other; return their outcomes. Needs nothing but its arguments."""
    return [_guarded(job, limits, boxed) for job in jobs]


def run_elsewhere(jobs, limits, boxed):
    """Grade a shard on a machine of a cluster, where nobody has asked yet whether it offers a sandbox."""
    if boxed and (reason := _reason_against(limits)):
        raise CourseError(sandbox.ADVICE.format(reason=reason))
    return run_shard(jobs, limits, boxed)


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

    What was lost with a process that died is tried again, one submission a shard; the other processes go on.
    """
    shards = make_shards(jobs, workers)
    for _ in range(ROUNDS):
        lost = []
        with _pool(workers) as pool:
            futures = {pool.schedule(run_shard, args=[shard, limits, boxed]): shard for shard in shards}
            for future in as_completed(futures):
                try:
                    yield from future.result()
                except ProcessExpired:
                    lost += futures[future]
        shards = [[job] for job in lost]
        if not shards:
            return
    yield from (failure(job, f"the grader's process died {ROUNDS} times") for (job,) in shards)


@contextlib.contextmanager
def _pool(workers):
    """A pool whose processes die at once when we are interrupted or die."""
    pool = ProcessPool(workers, context=processes(), initializer=_begin)
    try:
        yield pool
        pool.close()
    except BaseException:
        pool.stop()
        raise
    finally:
        pool.join()


def _begin():
    """Set the limits of a process; a sandbox sets its own, so it may go beyond."""
    die_with_parent()
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES * 2**20, resource.getrlimit(resource.RLIMIT_AS)[1]))


def on_cluster(jobs, limits, boxed, address):
    """Yield outcomes as they come from the Dask cluster whose scheduler listens at `address`."""
    from distributed import Client
    from distributed import as_completed as completed
    from distributed.scheduler import KilledWorker

    with Client(address, timeout="20s") as client:
        workers = max(1, sum(client.nthreads().values()))
        shards = make_shards(jobs, workers)
        futures = {
            client.submit(run_elsewhere, shard, limits, boxed, pure=False, retries=ROUNDS): shard for shard in shards
        }
        for future in completed(futures):
            try:
                yield from future.result()
            except KilledWorker as error:
                yield from (failure(job, f"the cluster gave up: {error}") for job in futures[future])
