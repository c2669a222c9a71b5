"""Run what is missing, in several processes; each finished network is on the disk at once."""

import json
import os
import subprocess
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

import numpy as np
import torch
from tqdm import tqdm

from experiments.segmentation.training import train

ROOT = Path(__file__).resolve().parents[2]
STATE = ROOT / "_build" / "experiment"


def finished(state):
    """Return the records of the networks that are done, by key.

    Parameters
    ----------
    state : Path
        Folder that holds ``runs.jsonl``; need not exist.
    """
    file = state / "runs.jsonl"
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return {record["key"]: record for record in map(json.loads, lines)}


def run(settings, workers, state=STATE, clock=None):
    """Train the networks that are not done yet, with a progress bar.

    Parameters
    ----------
    settings : sequence of Setting
    workers : int
    state : Path
        Gets ``runs.jsonl``, one line a network, and ``shown/*.npz``, the first test picture of each.
    clock : Clock, optional
        Is told after each network what processor time the processes have had.

    Returns
    -------
    records : list of dict
        In the order of `settings`.

    Raises
    ------
    ValueError
        If `state` holds networks of other code.
    """
    made_by = commit()
    done = finished(state)
    others = {record["commit"] for record in done.values()} - {made_by}
    if others:
        raise ValueError(f"state holds networks of commit {sorted(others)}, not of {made_by}: remove {state}")
    (state / "shown").mkdir(parents=True, exist_ok=True)
    missing = [setting for setting in settings if setting.key not in done]
    with ProcessPoolExecutor(workers, initializer=torch.set_num_threads, initargs=(1,)) as pool:
        work = {pool.submit(_timed, setting): setting for setting in missing}
        for job in tqdm(as_completed(work), total=len(settings), initial=len(settings) - len(missing), unit="network"):
            record, shown, process, seconds = job.result()
            _keep(state, {"key": work[job].key, "commit": made_by, **record}, shown)
            if clock:
                clock.note(process, seconds)
    done = finished(state)
    return [done[setting.key] for setting in settings]


def commit():
    """Return the commit of the experiment's code, with "-changed" behind it if the code differs from it."""
    paths = ["experiments", "hdclib/signal/filtering.py"]
    found = _git("log", "-1", "--format=%H", "--", *paths)
    return found + ("-changed" if _git("status", "--porcelain", "--", *paths) else "")


def _timed(setting):
    """Train one network; say by which process, and how much processor time that has had in all."""
    return *train(setting), os.getpid(), time.process_time()


def _keep(state, record, shown):
    """Write the picture first: a line in the list then says that all is there."""
    if shown:
        np.savez_compressed(state / "shown" / f"{record['key']}.npz", **shown)
    with (state / "runs.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(record) + "\n")


def _git(*arguments):
    """What git says in the project's folder."""
    return subprocess.run(
        ["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=True
    ).stdout.strip()
