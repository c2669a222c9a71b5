"""`inspect` on PyTorch modules that change themselves, need more, or do not run: left as they were, and told so."""

import logging
import random

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
