"""Reading a PyTorch network by running it once, on tensors without contents where that is possible."""

import inspect
import logging
from contextlib import ExitStack, contextmanager

import torch
from torch._subclasses.fake_tensor import FakeTensorMode
from torch.overrides import TorchFunctionMode
from torch.utils._mode_utils import no_dispatch
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils.weak import WeakTensorKeyDictionary

from hdclib.checks import shown
from hdclib.networks.inspecting.graph import Graph
from hdclib.networks.inspecting.moves import Minus, Turned
from hdclib.networks.inspecting.torch_rules import MADE_OF_NOTHING, RULES, VIEWS, NeedsValues, Unread, moves_of
from hdclib.networks.inspecting.undisturbed_torch import DEEPEST, undisturbed

#: Operations that take a value out of a tensor.
LEAVING = {"numpy", "__array__", "__dlpack__", "tolist"}  # functions that take all values out
TAKEN_OUT = {"_local_scalar_dense", "equal", "is_nonzero", "item"}
#: Most of the time of a run without contents would be theirs, as each is taken apart into twenty operations.
BATCH_NORMS = {"native_batch_norm", "_native_batch_norm_legit_no_training", "_batch_norm_no_update"}
STATISTICS = {"running_mean", "running_var"}  # written by batch norms whose schema does not say so
WRITTEN_OVER = {"copy", "fill", "zero"}  # what they write into is not read
OWN_TENSORS = (torch.Tensor, torch.nn.Parameter, torch.nn.Buffer)  # with contents


class Storage:
    """What views of one memory share: the tensor that holds all of it, how often it was written into, whose it is."""

    def __init__(self, node, shape, owner=""):
        self.node, self.shape, self.version, self.owner = node, shape, 0, owner


class Value:
    """A tensor of the graph that stands for one of PyTorch's: its number, and how it lies in its storage."""

    def __init__(self, node, storage, moves=()):
        self.node, self.storage, self.moves, self.version = node, storage, moves, storage.version


class Recorder(TorchDispatchMode):
    """Writes every operation that PyTorch dispatches into a graph."""

    def __init__(self, graph, paths, weights, without_contents=False):
        super().__init__()
        self.without_contents, self.weights = without_contents, weights
        self.graph, self.paths, self.stack, self.notes = graph, paths, [], []
        self.values, self.kept = WeakTensorKeyDictionary(), {}

    @property
    def path(self):
        """Where the module stands that runs."""
        return self.paths.get(self.stack[-1], "") if self.stack else ""

    def owner(self, tensor):
        """Return the name of the parameter that a tensor is, or is a view of; "" for others."""
        value = self.values.get(tensor)
        return self.weights.get(id(tensor), "") if value is None else value.storage.owner

    def start(self, tensor):
        """Let a tensor stand for the graph's input."""
        self.values[tensor] = Value(0, Storage(0, tuple(tensor.shape)))

    def node(self, tensor):
        """Return the number of a tensor in the graph, None for one that does not depend on the input."""
        value = self.values.get(tensor) if isinstance(tensor, torch.Tensor) else None
        if value is None:
            return None
        if value.version < value.storage.version:
            base, value.version = value.storage.node, value.storage.version
            value.node = None if base is None else self.graph.add("view", [(base, value.moves)], self.path)
        return value.node

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        """Run an operation and write it down."""
        named = {given.name: given.default_value for given in func._schema.arguments if given.has_default_value()}
        named |= dict(zip((given.name for given in func._schema.arguments), args, strict=False)) | (kwargs or {})
        sources = [node for node in map(self.node, _tensors(list(named.values()))) if node is not None]
        self._keep(func, named)
        name = named["__name__"] = func._schema.name.removeprefix("aten::")
        if self.without_contents and name in BATCH_NORMS and not named.get("training"):
            out = _empty(named["input"], len(func._schema.returns))
        else:
            out = func(*args, **(kwargs or {}))
        if name.rstrip("_") in VIEWS and isinstance(named.get("self"), torch.Tensor):
            self._view(name.rstrip("_"), named, out)
        elif any(given.alias_info and given.alias_info.is_write for given in func._schema.arguments):
            self._written(func, name, named, sources)
        elif sources:
            self._made(func, name, named, sources, out)
        return out

    def _keep(self, func, named):
        """Copy the contents of a tensor that is the network's own before an operation writes into it."""
        for given in func._schema.arguments:
            tensor, value = named.get(given.name), None
            writes = (given.alias_info and given.alias_info.is_write) or given.name in STATISTICS
            if not writes or type(tensor) not in OWN_TENSORS or id(tensor) in self.kept:
                continue
            value = self.values.get(tensor)
            if value is None or value.storage.node is None:
                with no_dispatch():
                    self.kept[id(tensor)] = tensor, tensor.clone()

    def put_back(self):
        """Undo what was written into the network's own tensors."""
        for tensor, content in reversed(self.kept.values()):
            with torch.inference_mode(tensor.is_inference()):  # its own kind may be written nowhere else
                tensor.copy_(content)

    def _view(self, name, named, out):
        """Write down that tensors are views of another."""
        given = named["self"]
        node, shape = self.node(given), tuple(given.shape)
        value = self.values.get(given)
        if value is None:
            value = self.values[given] = Value(None, Storage(None, shape, self.owner(given)))
        outs = [out] if isinstance(out, torch.Tensor) else list(out)
        for number, one in enumerate(outs):
            if one is given:
                continue
            if one.numel() == 0:
                self.values[one] = Value(None, Storage(None, tuple(one.shape)))
                continue
            moves = tuple(moves_of(name, shape, named, tuple(one.shape), number))
            made = None if node is None else self.graph.add(name, [(node, moves)], self.path)
            self.values[one] = Value(made, value.storage, value.moves + moves)

    def _written(self, func, name, named, sources):
        """Write down that an operation wrote into tensors that were there before."""
        for given in func._schema.arguments:
            target = named.get(given.name)
            written = given.alias_info and given.alias_info.is_write and isinstance(target, torch.Tensor)
            if written and target.numel():
                self._write(target, self._node_of(func, name, named, sources, target)[0] if sources else None)

    def _write(self, target, node):
        value = self.values.get(target)
        if value is None:
            if node is None:
                return
            value = self.values[target] = Value(None, Storage(None, tuple(target.shape)))
        storage = value.storage
        if value.moves:
            storage.node = self._overlaid(storage, value, node)
        else:
            storage.node = node
        storage.version += 1
        value.node, value.version = node, storage.version

    def _overlaid(self, storage, value, node):
        """The tensor that holds a whole storage after a view of it was written."""
        links: list = []
        tags = (frozenset(),) * len(storage.shape)
        if storage.node is not None:
            links.append((storage.node, [Minus(value.moves, storage.shape)]))
            tags = self.graph.tags[storage.node]
        if node is not None:
            ours = self.graph.tags[node]
            tags = ours if len(ours) == len(tags) else tags
            links.append((node, [Turned(value.moves, storage.shape, tags)]))
        return self.graph.add("write into a slice", links, self.path) if links else None

    def _made(self, func, name, named, sources, out):
        """Write down what an operation made."""
        if name in MADE_OF_NOTHING:
            return
        outs = list(_tensors([out]))
        if not outs:
            if name in TAKEN_OUT:
                where = f"a value is taken out of a tensor at {self.path or 'the top'}"
                self.notes.append(f"{where}: what runs may depend on the values of the input")
            return
        if not any(one.numel() for one in outs):
            return  # what is empty reads nothing
        nodes = self._node_of(func, name, named, sources, *outs)
        for one, node in zip(outs, nodes, strict=True):
            if node is not None:
                self.values[one] = Value(node, Storage(node, tuple(one.shape)))

    def _node_of(self, func, name, named, sources, *outs):
        """Add the operation to the graph by its rule, or as unknown."""
        rule = RULES.get(name) or RULES.get(name.rstrip("_"))
        if rule is None and torch.Tag.pointwise in func.tags:
            rule = RULES["pointwise"]
        try:
            first, made = len(self.graph.operations), rule and rule(self, named, *outs)
            if made and (name.rstrip("_") in WRITTEN_OVER or self.graph.reads_all(sources, first, made)):
                return made
        except Unread:
            pass
        return [self.graph.unknown(name, sources, tuple(out.shape), self.path) for out in outs]


class Leaving(TorchFunctionMode):
    """Notes where the contents of a tensor leave PyTorch, and with them what the recorder can see."""

    def __init__(self, recorder):
        super().__init__()
        self.recorder = recorder

    def __torch_function__(self, func, types, args=(), kwargs=None):
        """Run a function of PyTorch."""
        if getattr(func, "__name__", "") in LEAVING and self.recorder.node(args[0]) is not None:
            self.recorder.graph.left[self.recorder.path or "the top"] = True
        return func(*args, **(kwargs or {}))


def traced(model, shape, call=None):
    """Return the graph of a PyTorch network, which stays exactly as it was.

    Parameters
    ----------
    model : torch.nn.Module
    shape : tuple of int
        Of one input without the batch: channels, then one to three axes.
    call : callable, optional
        Takes the model and a tensor and runs the model; for one that needs more than a tensor.

    Returns
    -------
    graph : Graph
    notes : list of str
        Where values were taken out of tensors, so that what runs may depend on them.

    Raises
    ------
    ValueError
        If the model does not run on such an input.
    """
    call = call or (lambda network, tensor: network(tensor))
    _refuse_lazy(model)
    try:
        with undisturbed(model):
            return _run(model, shape, call, real=False)
    except Exception:  # no contents: whatever asks for a value fails here, in many ways
        with undisturbed(model):
            return _run(model, shape, call, real=True)


def _refuse_lazy(model):
    """Refuse a network that would make its parameters in this run."""
    for name, parameter in [*model.named_parameters(), *model.named_buffers()]:
        if torch.nn.parameter.is_lazy(parameter):
            raise ValueError(f"model has no {name} yet, which its first run makes: run it once, then inspect it")


def _run(model, shape, call, real):
    first = next((p for p in [*model.parameters(), *model.buffers()] if p.is_floating_point()), torch.empty(0))
    graph = Graph((1, *shape), len(shape) - 1)
    paths = {id(module): name for name, module in model.named_modules()}
    weights = {id(parameter): name for name, parameter in model.named_parameters()}
    recorder = Recorder(graph, paths, weights, without_contents=not real)
    with ExitStack() as stack:
        stack.enter_context(torch.no_grad())
        stack.enter_context(torch.random.fork_rng(devices=[]))
        stack.callback(recorder.put_back)
        if not real:
            stack.enter_context(FakeTensorMode(allow_non_fake_inputs=True))
            stack.enter_context(_unlogged("torch._subclasses.fake_tensor"))
        else:
            stack.enter_context(Leaving(recorder))
        stack.enter_context(_watched(recorder))
        tensor = torch.rand((1, *shape), dtype=first.dtype, device=first.device)
        recorder.start(tensor)
        try:
            with recorder:
                out = call(model, tensor)
        except NeedsValues:
            raise
        except (Exception, SystemExit) as error:
            raise _explained(model, shape, recorder, error) from error
        graph.outputs = {name: recorder.node(one) for name, one in _named(out) if recorder.node(one) is not None}
    return graph, list(dict.fromkeys(recorder.notes))


def _explained(model, shape, recorder, error):
    """The error of a network that did not run, with the module it came from and what to give."""
    where = recorder.path or type(model).__name__
    hint = _call_hint(model) or "give a shape (channels, rows, columns) that it takes, or call=lambda model, x: ..."
    said = str(error).strip().splitlines() if isinstance(error, Exception) else [f"{type(error).__name__}: {error}"]
    said = said or [type(error).__name__]
    return ValueError(f"shape {shown(tuple(shape))} does not run through {where}: {said[0][:200]}; {hint}")


def _call_hint(model):
    """How to call a network whose ``forward`` takes more than one tensor by its place; "" if it does not."""
    try:
        parameters = [one for one in inspect.signature(model.forward).parameters.values() if one.default is one.empty]
    except (TypeError, ValueError):
        return ""
    named = [one.name for one in parameters if one.kind is one.KEYWORD_ONLY]
    placed = [one.name for one in parameters if one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD)]
    missing = placed[1:] + named
    if not missing:
        return ""
    first = "x" if placed else f"{missing.pop(0)}=x"
    call = f"call=lambda model, x: model({', '.join([first, *(f'{name}=...' for name in missing)])})"
    return f"forward also needs {', '.join(missing)}: give {call}" if missing else f"give {call}"


@contextmanager
def _unlogged(name):
    """Keep PyTorch from logging the traces of errors that are told in words, or that a second run does not have."""
    logger = logging.getLogger(name)
    was, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = was


@contextmanager
def _watched(recorder):
    """Tell the recorder which module runs, through hooks that belong to no module."""
    modules = torch.nn.modules.module
    enter = modules.register_module_forward_pre_hook(lambda module, _: recorder.stack.append(id(module)))
    leave = modules.register_module_forward_hook(lambda module, *_: _pop(recorder.stack))
    try:
        yield
    finally:
        enter.remove()
        leave.remove()


def _pop(stack):
    if stack:
        stack.pop()


def _named(out, name="output", depth=DEEPEST):
    """The tensors of whatever a network returns, with a name each."""
    if isinstance(out, torch.Tensor):
        yield name, out
    elif depth == 0:
        return
    elif isinstance(out, dict):
        for key, value in out.items():
            yield from _named(value, str(key) if name == "output" else f"{name}.{key}", depth - 1)
    elif isinstance(out, (list, tuple)):
        for number, value in enumerate(out):
            yield from _named(value, f"{name}.{number}", depth - 1)
    elif hasattr(out, "__dict__"):
        yield from _named({k: v for k, v in vars(out).items() if not k.startswith("_")}, name, depth - 1)


def _empty(tensor, count):
    """What a batch norm makes: a tensor like the one given, and statistics that nobody reads."""
    return torch.empty_like(tensor), *(tensor.new_empty(0) for _ in range(count - 1))


def _tensors(values):
    """The tensors in nested lists."""
    for value in values:
        if isinstance(value, torch.Tensor):
            yield value
        elif isinstance(value, (list, tuple)):
            yield from _tensors(value)
