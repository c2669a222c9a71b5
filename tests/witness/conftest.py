"""What the witnesses share: torchvision can be imported, also beside a PyTorch that its operators were not made for."""

from importlib.util import find_spec

if find_spec("torch") and find_spec("torchvision"):
    import zoo  # noqa: F401
