"""`inspect`'s graph on random networks of PyTorch: what random outputs read, by gradients, corners among them.

A new seed each run; ``HDCLIB_WITNESS_SEED=<seed>`` runs the same networks again, ``HDCLIB_WITNESS_GRAPHS=2000`` more.
"""

import os
import random
import time

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="PyTorch is the witness: pip install -r requirements-witness.txt")
from random_networks import drawn_network, gradient  # noqa: E402

from hdclib.networks.inspecting import tracing_torch  # noqa: E402
from hdclib.networks.inspecting.carrying import reads  # noqa: E402
from hdclib.networks.inspecting.sets import one_place  # noqa: E402

SEED = int(os.environ.get("HDCLIB_WITNESS_SEED", time.time_ns() % 10**9))
GRAPHS = int(os.environ.get("HDCLIB_WITNESS_GRAPHS", 600))
WITHOUT_CONTENTS = 20  # every 20th network is traced as large ones are, which takes ten times as long


@pytest.fixture(autouse=True)
def one_thread():
    torch.set_num_threads(1)


def found(graph, at, shape):
    """What one output reads, as the graph has it."""
    if "output" not in graph.outputs:
        return np.zeros(shape, dtype=bool)
    tensor = graph.outputs["output"]
    places = {axis: place for axis, place in enumerate(at, 1) if place is not None}
    read = reads(graph, one_place(graph.shapes[tensor], places), tensor).get(0)
    assert read is None or read.exact
    return np.zeros(shape, dtype=bool) if read is None else read.array()[0]


def traced(network, shape, seed):
    """The graph of a network, from tensors with contents in most cases."""
    if seed % WITHOUT_CONTENTS == 0:
        return tracing_torch.traced(network, shape)
    return tracing_torch._run(network, shape, lambda model, tensor: model(tensor), real=True)


@pytest.mark.filterwarnings("ignore:Using padding='same'")
@pytest.mark.parametrize("block", range(8))
def test_random_outputs_read_what_has_a_gradient(block):
    print(f"HDCLIB_WITNESS_SEED={SEED}")  # pytest shows it where a test fails
    for seed in range(SEED + block * GRAPHS // 8, SEED + (block + 1) * GRAPHS // 8):
        network, shape = drawn_network(seed)
        graph, notes = traced(network, shape, seed)
        assert not notes and all(operation.known for operation in graph.operations), seed
        rng, out = random.Random(seed), network(torch.ones((1, *shape), dtype=torch.float64)).shape
        for _ in range(3):
            channel = rng.choice([None, *range(out[1])])
            at = (channel, *(rng.choice((0, size - 1, size // 2, rng.randrange(size))) for size in out[2:]))
            message = f"seed {seed}, output {at}, {network.names}"
            np.testing.assert_array_equal(found(graph, at, shape), gradient(network, shape, at), err_msg=message)
