"""A PyTorch network runs, and stays exactly as it was: its mode, attributes, weights and gradients, and the draws."""

import random
from collections import Counter, OrderedDict, defaultdict, deque
from contextlib import contextmanager
from types import FunctionType, MethodType, ModuleType

import numpy as np
import torch

DEEPEST = 8  # containers in containers that are put back
LONGEST = 100_000  # of a container whose entries are looked into; of a longer one the entries alone are put back
CONTAINERS = dict, OrderedDict, defaultdict, Counter, list, deque, set, bytearray, np.ndarray
NO_STATE = type, ModuleType, FunctionType, MethodType, torch.Tensor, torch.nn.Module


@contextmanager
def undisturbed(model):
    """Let a network run in eval mode, and put back whatever the run changed, also where it fails."""
    modules = [(module, type(module), _kept(vars(module))) for module in model.modules()]
    tensors = [(one, one.data, one.requires_grad, one.grad) for one in [*model.parameters(), *model.buffers()]]
    fast, dtype = torch.backends.mha.get_fastpath_enabled(), torch.get_default_dtype()
    draws = random.getstate(), np.random.get_state()
    torch.backends.mha.set_fastpath_enabled(False)
    for module, _, _ in modules:
        object.__setattr__(module, "training", False)
    try:
        yield
    finally:
        torch.backends.mha.set_fastpath_enabled(fast)
        torch.set_default_dtype(dtype)
        random.setstate(draws[0])
        np.random.set_state(draws[1])
        for module, kind, kept in modules:
            if type(module) is not kind:
                module.__class__ = kind
            _put_back(*kept)
        for kept in tensors:
            _put_back_tensor(*kept)


def _put_back_tensor(tensor, data, requires_grad, grad):
    if not _is_same(tensor.data, data):
        tensor.data = data
    if tensor.requires_grad != requires_grad:
        tensor.requires_grad_(requires_grad)
    if tensor.grad is not grad:
        tensor.grad = grad


def _is_same(one, other):
    """Whether two tensors are the same memory, seen in the same way."""
    if type(one) is not type(other) or one.shape != other.shape or one.dtype != other.dtype:
        return False
    return one.device == other.device and (one.device.type == "meta" or one.data_ptr() == other.data_ptr())


def _kept(value, depth=DEEPEST):
    """A value and, if it may be changed in place, what it holds: pairs like this one again."""
    if depth == 0:
        return value, None
    if type(value) not in CONTAINERS:
        return value, _attributes_of(value, depth)
    if isinstance(value, bytearray):
        return value, value.copy()
    if isinstance(value, np.ndarray):
        return value, value.copy() if value.flags.writeable else None
    follow = len(value) <= LONGEST
    if isinstance(value, dict):
        return value, {key: _kept(one, depth - 1) if follow else (one, None) for key, one in value.items()}
    return value, [_kept(one, depth - 1) if follow else (one, None) for one in value]


def _attributes_of(value, depth):
    """The attributes of an object that keeps its state in them; those of objects among them are not looked into."""
    if depth <= 1 or isinstance(value, NO_STATE):
        return None
    try:
        attributes = object.__getattribute__(value, "__dict__")
    except Exception:  # none, or a property that fails
        return None
    return _kept(attributes, 2)


def _put_back(value, content):
    """Return a value with what it held before."""
    if content is None:
        return value
    if isinstance(content, tuple):  # an object, and what its attributes held
        _put_back(*content)
    elif isinstance(value, bytearray):
        value[:] = content
    elif isinstance(value, np.ndarray):
        value[...] = content
    elif isinstance(value, dict):
        held = {key: _put_back(*kept) for key, kept in content.items()}
        if not _are([*value, *value.values()], [*held, *held.values()]):
            value.clear()
            value.update(held)
    else:
        items = [_put_back(*kept) for kept in content]
        if not _are(list(value), items):
            value.clear()
            (value.update if isinstance(value, set) else value.extend)(items)
    return value


def _are(now, before):
    """Whether two lists hold the same objects."""
    return len(now) == len(before) and all(a is b for a, b in zip(now, before, strict=True))
