"""`inspect` on PyTorch modules that change themselves, need more, or do not run: left as they were, and told so."""

import copy
import logging
import random
from collections import Counter, defaultdict, deque

import numpy as np
import pytest

import hdclib as hdc

torch = pytest.importorskip("torch", reason="PyTorch is the witness: pip install -r requirements-witness.txt")
from torch import nn  # noqa: E402
from torch.nn import functional as F  # noqa: E402


class Counting(nn.Module):
    """Changes its buffers, its lists and its attributes whenever it runs."""

    def __init__(self):
        super().__init__()
        self.convolution, self.norm = nn.Conv2d(1, 2, 3, padding=1), nn.BatchNorm2d(2)
        self.register_buffer("runs", torch.zeros(()))
        self.register_buffer("sizes", torch.zeros(2, 2))
        self.seen, self.cache = [], {"last": [1], "maps": {}}

    def forward(self, x):
        self.runs += 1
        self.sizes[0].add_(x.shape[2])
        self.sizes.view(-1)[3:] = 5
        self.seen.append(x)
        self.cache["last"].append(x)
        self.cache["maps"]["x"] = x
        self.last, self.training = x, True
        random.random(), torch.rand(1)
        return F.batch_norm(
            self.norm(self.convolution(x)), self.norm.running_mean, self.norm.running_var, training=True
        )


class Deciding(Counting):
    """The same, and asks for a value, so that it runs on tensors with contents."""

    def forward(self, x):
        return super().forward(x) if x.sum() > 0 else x


class Failing(Counting):
    """The same, and then fails."""

    def forward(self, x):
        super().forward(x)
        raise KeyError("no such map")


def state_of(network):
    """All that a network is, as far as it can be compared."""
    tensors = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    grads = [None if one.grad is None else one.grad.tolist() for one in network.parameters()]
    modes = [(module.training, sorted(vars(module)), module.__class__) for module in network.modules()]
    hooks = [(len(m._forward_hooks), len(m._forward_pre_hooks), len(m._backward_hooks)) for m in network.modules()]
    flags = [(one.requires_grad, one.device, id(one)) for one in network.parameters()]
    everywhere = nn.modules.module
    world = len(everywhere._global_forward_hooks), len(everywhere._global_forward_pre_hooks), torch.is_grad_enabled()
    draws = torch.random.get_rng_state().tolist(), random.getstate(), torch.backends.mha.get_fastpath_enabled()
    return tensors, grads, modes, hooks, flags, world, draws


def assert_unchanged(before, after):
    for ours, theirs in zip(before[0].items(), after[0].items(), strict=True):
        assert ours[0] == theirs[0] and torch.equal(ours[1], theirs[1]), ours[0]
    assert before[1:] == after[1:]


@pytest.mark.parametrize("kind", [Counting, Deciding, Failing])
@pytest.mark.parametrize("mode", [True, False])
def test_the_network_stays_exactly_as_it_was(kind, mode):
    network = kind().train(mode)
    network.norm.eval()
    network.convolution.weight.grad = torch.ones_like(network.convolution.weight)
    network.convolution.bias.requires_grad_(False)
    network.register_forward_hook(lambda *_: None)
    before = state_of(network)
    if kind is Failing:
        with pytest.raises(ValueError, match="^shape .* does not run through Failing: 'no such map'; give a shape"):
            hdc.inspect(network, (1, 9, 9))
    else:
        report = hdc.inspect(network, (1, 9, 9))
        assert report.axes[0].fields == (3,) and bool(report.notes) == (kind is Deciding)
    assert_unchanged(before, state_of(network))
    assert network.seen == [] and network.cache == {"last": [1], "maps": {}}


def test_a_network_that_decides_by_values_is_said_to():
    report = hdc.inspect(Deciding(), (1, 9, 9))
    assert "what runs may depend on the values of the input" in report.notes[0]


class Meter:
    """An object of the network's own that counts."""

    def __init__(self):
        self.runs, self.log = 0, []


class Hoarding(nn.Module):
    """Writes into everything that a network may keep beside tensors, and exchanges its weights and gradients."""

    def __init__(self):
        super().__init__()
        self.convolution, self.spare = nn.Conv2d(1, 1, 3), nn.Conv2d(1, 1, 5)
        self.meter, self.sums, self.last = Meter(), np.zeros(2), deque([1], maxlen=2)
        self.seen, self.sizes, self.bytes = Counter(), defaultdict(list), bytearray(b"a")

    def forward(self, x):
        self.meter.runs += 1
        self.meter.log.append(x)
        self.sums += 1
        self.last.append(x)
        self.seen["x"] += 1
        self.sizes["x"].append(3)
        self.bytes.extend(b"b")
        self.convolution.weight.data = self.convolution.weight.data * 2
        self.convolution.weight.grad = None
        self.convolution.bias.requires_grad_(True)
        self.spare.weight = nn.Parameter(torch.zeros(1, 1, 5, 5))
        self.convolution, self.spare = self.spare, self.convolution
        self.more = nn.Conv2d(1, 1, 1)
        self.__class__ = Counting
        torch.set_default_dtype(torch.float64)
        return self.convolution(x)

    def held(self):
        """What it holds beside tensors."""
        return (vars(self.meter), self.sums.tolist(), list(self.last), dict(self.seen), dict(self.sizes), self.bytes,
                list(self._modules))  # fmt: skip


def test_what_a_network_keeps_beside_tensors_is_put_back_too():
    network = Hoarding()
    network.convolution.weight.grad = torch.ones_like(network.convolution.weight)
    network.convolution.bias.requires_grad_(False)
    before, held = state_of(network), copy.deepcopy(network.held())
    assert hdc.inspect(network, (1, 9, 9)).axes[0].fields == (5,)
    assert torch.get_default_dtype() == torch.float32
    assert_unchanged(before, state_of(network))
    assert network.held() == held


class Sealed:
    """Lets nobody look into it."""

    @property
    def __dict__(self):
        raise RuntimeError("sealed")


def test_networks_of_other_kinds_of_weights_and_attributes_are_read():
    with torch.inference_mode():
        network = nn.Sequential(nn.Conv2d(1, 2, 3, dilation=2), nn.BatchNorm2d(2))
    network.append(nn.utils.parametrizations.spectral_norm(nn.Conv2d(2, 1, 3)))
    network.sealed, network.steps = Sealed(), iter(range(3))
    before = state_of(network)
    for mode in (True, False):
        assert hdc.inspect(network.train(mode), (1, 9, 9)).axes[0].fields == (7,)
    assert_unchanged(before[:2], state_of(network)[:2])


class Caching(nn.Module):
    """Keeps what its first run made, and asks for a value in the end."""

    def __init__(self):
        super().__init__()
        self.convolution, self.grid = nn.Conv2d(1, 1, 3, padding=1), None

    def forward(self, x):
        self.grid = torch.ones_like(x) if self.grid is None else self.grid
        y = self.convolution(x) + self.grid
        return y * 2 if all(bool(row.sum() > 0) for row in x[0, 0]) else y


def test_what_the_first_attempt_left_behind_does_not_reach_the_second():
    report = hdc.inspect(Caching(), (1, 9, 9))
    assert report.axes[0].fields == (3,) and len(report.notes) == 1


class Array(nn.Module):
    def __init__(self, alone):
        super().__init__()
        self.convolution, self.alone = nn.Conv2d(1, 1, 3, padding=1), alone

    def forward(self, x):
        y = torch.from_numpy(np.asarray(self.convolution(x)) ** 2)
        return y if self.alone else x + y


def test_what_leaves_pytorch_is_never_taken_for_a_constant():
    report = hdc.inspect(Array(False), (1, 9, 9))
    assert not report.exact and "not known: an array is taken out of a tensor at the top" in str(report)
    with pytest.raises(ValueError, match="^no output .* as far as it is followed: an array is taken out at the top$"):
        hdc.inspect(Array(True), (1, 9, 9))


class Leaving(nn.Module):
    def forward(self, x):
        raise SystemExit(0)


def test_a_network_that_leaves_python_is_one_that_does_not_run():
    with pytest.raises(ValueError, match="does not run through Leaving: SystemExit: 0; give a shape"):
        hdc.inspect(Leaving(), (1, 9, 9))


class Ring(nn.Conv2d):
    def forward(self, x):
        out = {"y": super().forward(x)}
        return {**out, "again": out} if out.setdefault("me", out) else out


def test_an_output_that_holds_itself_is_looked_into_so_far():
    assert hdc.inspect(Ring(1, 1, 3), (1, 9, 9)).output == "y"


class Empty(nn.Conv2d):
    def forward(self, x):
        none = x[:, :0]
        none.mul_(2)
        y = super().forward(torch.cat([none, x, torch.relu(none)], 1))
        y[:, 2:] = none[:, :, 1:-1, 1:-1]
        return y


def test_what_is_empty_reads_nothing():
    report = hdc.inspect(Empty(1, 2, 3), (1, 9, 9))
    assert report.exact and report.axes[0].fields == (3,)


class Shifted(nn.Module):
    """A convolution whose bias is computed from the input."""

    def forward(self, x):
        return F.conv2d(x, torch.ones(1, 1, 3, 3), bias=x[0, 0, 0, :1], padding=1)


def test_an_operation_that_reads_the_input_in_another_place_too_has_no_rule():
    report = hdc.inspect(Shifted(), (1, 9, 9))
    assert report.unknown == ("convolution",) and not report.exact


class Two(nn.Module):
    def __init__(self):
        super().__init__()
        self.convolution = nn.Conv2d(1, 1, 3)

    def forward(self, x, mask):
        return self.convolution(x) * mask


class Named(Two):
    def forward(self, *, picture, mask):
        return super().forward(picture, mask)


class Lone(Two):
    def forward(self, *, picture):
        return super().forward(picture, 2)


@pytest.mark.parametrize(
    ("kind", "words", "call"),
    [
        (Two, r"forward also needs mask: give call=lambda model, x: model\(x, mask=...\)$", lambda m, x: m(x, mask=2)),
        (Named, r"forward also needs mask: give call=lambda model, x: model\(picture=x, mask=...\)$",
         lambda m, x: m(picture=x, mask=2)),
        (Lone, r"give call=lambda model, x: model\(picture=x\)$", lambda m, x: m(picture=x)),
        (nn.Bilinear, r"forward also needs input2: give call=", None),
    ],
)  # fmt: skip
def test_a_network_that_needs_more_is_told_how_to_be_called(kind, words, call):
    network = kind(9, 9, 9) if kind is nn.Bilinear else kind()
    with pytest.raises(ValueError, match=words):
        hdc.inspect(network, (1, 9, 9))
    if call:
        assert hdc.inspect(network, (1, 9, 9), call=call).axes[0].fields == (3,)


class Silent(nn.Module):
    def forward(self, x):
        return torch.ones(1, 1, 3, 3)


WRONG = nn.Sequential(nn.Conv2d(3, 4, 3), nn.Sequential(nn.Conv2d(5, 4, 3)))


@pytest.mark.parametrize(
    ("network", "shape", "error", "words"),
    [
        (WRONG, (3, 9, 9), ValueError, r"^shape \(3, 9, 9\) does not run through 1\.0: .*; give a shape"),
        (nn.Conv2d(3, 4, 9), (3, 4, 4), ValueError, r"^shape \(3, 4, 4\) does not run through Conv2d: "),
        (nn.Conv2d(3, 4, 3), None, TypeError, "^shape must hold channels and one to 3 sizes, such as"),
        (nn.Conv2d(3, 4, 3), (3, 0, 9), ValueError, r"^shape\[1\] must be at least 1, got 0$"),
        (nn.Conv2d(3, 4, 3), (3, 2**20, 2**20), ValueError, "^shape must hold at most 268435456 values, got"),
        (
            nn.LazyConv2d(4, 3),
            (3, 9, 9),
            ValueError,
            "^model has no weight yet, which its first run makes: run it once",
        ),
        (Silent(), (3, 9, 9), ValueError, "^no output of the network depends on its input$"),
        (nn.Sequential(nn.Flatten(), nn.Linear(9, 2)), (1, 3, 3), ValueError, "has no places, and no map before it"),
        (nn.Conv2d, (3, 9, 9), TypeError, "^model must be a torch.nn.Module, .*, got <class"),
    ],
)
def test_what_does_not_run_is_refused_with_the_module_and_what_to_give(network, shape, error, words):
    with pytest.raises(error, match=words):
        hdc.inspect(network, shape)


def test_what_does_not_run_is_told_once_and_logs_no_trace(caplog):
    with pytest.raises(ValueError, match="^shape .3, 3, 3. does not run through 1: Given input size"):
        hdc.inspect(nn.Sequential(nn.Conv2d(3, 1, 3), nn.AvgPool2d(2)), (3, 3, 3))
    assert caplog.text == "" and not logging.getLogger("torch._subclasses.fake_tensor").disabled


def test_lazy_parameters_stay_lazy():
    network = nn.Sequential(nn.LazyConv2d(4, 3))
    with pytest.raises(ValueError, match="^model has no 0.weight yet"):
        hdc.inspect(network, (3, 9, 9))
    assert type(network[0]) is nn.LazyConv2d and nn.parameter.is_lazy(network[0].weight)


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float64])
def test_other_types_of_numbers_run_as_they_are(dtype):
    network = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2)).to(dtype)
    assert hdc.inspect(network, (1, 9, 9)).axes[0].fields == (3,) and network[0].weight.dtype == dtype


def test_a_network_on_another_device_is_read_there():
    network = nn.Sequential(nn.Conv2d(1, 2, 3, dilation=2), nn.BatchNorm2d(2), nn.MaxPool2d(2)).to("meta")
    report = hdc.inspect(network, (1, 9, 9))
    assert report.axes[0].fields == (6,) and report.exact
    assert {parameter.device.type for parameter in network.parameters()} == {"meta"}


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_scripted_and_a_traced_network_give_the_report_of_the_network():
    network = nn.Sequential(nn.Conv2d(1, 2, 3, dilation=2), nn.ReLU(), nn.Conv2d(2, 1, 3)).eval()
    plain = hdc.inspect(network, (1, 19, 19))
    for other in (torch.jit.script(network), torch.jit.trace(network, torch.ones(1, 1, 19, 19))):
        assert str(hdc.inspect(other, (1, 19, 19))).splitlines()[1:4] == str(plain).splitlines()[1:4]
