"""Networks as others define them, each with the shape of an input; no weights are downloaded."""

import os
from importlib.util import find_spec
from pathlib import Path

import torch
from published_networks import DRNC26, DLinkNet, ESPNetC, WaveNet


def operators_of_torchvision():
    """Define the operators that torchvision asks for while it is imported, where its compiled ones do not load.

    It is compiled for PyTorch with CUDA; beside one without, its networks run all the same.
    """
    if hasattr(torch.ops.torchvision, "nms"):
        return None
    for library in Path(find_spec("torchvision").origin).parent.glob("_C*"):
        try:
            torch.ops.load_library(str(library))
            return None
        except OSError:
            pass
    made = torch.library.Library("torchvision", "FRAGMENT")
    for name in ("nms", "qnms"):
        made.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    return made


OPERATORS = operators_of_torchvision()  # they last as long as this name


def of_torchvision(name, **given):
    def make():
        from torchvision import models

        home = models
        for part in name.split(".")[:-1]:
            home = getattr(home, part)
        return getattr(home, name.split(".")[-1])(weights=None, **given)

    return make


def of_timm(name, **given):
    def make():
        import timm

        return timm.create_model(name, pretrained=False, **given)

    return make


def of_keras(name, side=64):
    def make():
        os.environ["KERAS_BACKEND"] = "torch"  # it is read when keras is imported
        import keras

        keras.config.set_image_data_format("channels_first")
        return getattr(keras.applications, name)(weights=None, include_top=False, input_shape=(3, side, side))

    return make


def of_smp(name, **given):
    def make():
        import segmentation_models_pytorch as smp

        return getattr(smp, name)(encoder_weights=None, **given)

    return make


def of_monai(name, **given):
    def make():
        from monai.networks import nets

        return getattr(nets, name)(**given)

    return make


def tcn():
    from pytorch_tcn import TCN

    return TCN(num_inputs=3, num_channels=[4, 4, 4], kernel_size=3, input_shape="NCL")


SMALL, WIDE = (3, 65, 65), (3, 97, 97)
STEPS = {"spatial_dims": 2, "in_channels": 1, "out_channels": 2}
ZOO = {
    "alexnet": (of_torchvision("alexnet"), (3, 257, 257)),
    "resnet18": (of_torchvision("resnet18"), WIDE),
    "resnet50 at stride 8": (of_torchvision("resnet50", replace_stride_with_dilation=[0, 1, 1]), WIDE),
    "resnext50": (of_torchvision("resnext50_32x4d"), SMALL),
    "fcn_resnet50": (of_torchvision("segmentation.fcn_resnet50", weights_backbone=None), SMALL),
    "deeplabv3_resnet50": (of_torchvision("segmentation.deeplabv3_resnet50", weights_backbone=None), (3, 81, 81)),
    "lraspp": (of_torchvision("segmentation.lraspp_mobilenet_v3_large", weights_backbone=None), WIDE),
    "squeezenet": (of_torchvision("squeezenet1_1"), WIDE),
    "densenet121": (of_torchvision("densenet121"), SMALL),
    "mobilenet_v2": (of_torchvision("mobilenet_v2"), WIDE),
    "mobilenet_v3": (of_torchvision("mobilenet_v3_small"), WIDE),
    "shufflenet": (of_torchvision("shufflenet_v2_x0_5"), SMALL),
    "mnasnet": (of_torchvision("mnasnet0_5"), SMALL),
    "efficientnet": (of_torchvision("efficientnet_b0"), SMALL),
    "regnet": (of_torchvision("regnet_y_400mf"), SMALL),
    "convnext": (of_torchvision("convnext_tiny"), (3, 96, 96)),
    "r3d_18": (of_torchvision("video.r3d_18"), (3, 16, 17, 17)),
    "r2plus1d_18": (of_torchvision("video.r2plus1d_18"), (3, 16, 17, 17)),
    "timm resnet18 at stride 8": (of_timm("resnet18", output_stride=8), WIDE),
    "timm mobilenetv2 at stride 8": (of_timm("mobilenetv2_100", output_stride=8), WIDE),
    "res2net50": (of_timm("res2net50_26w_4s"), SMALL),
    "hrnet": (of_timm("hrnet_w18_small"), (3, 64, 64)),
    "cspresnet50": (of_timm("cspresnet50"), SMALL),
    "ghostnet": (of_timm("ghostnet_100"), SMALL),
    "smp unet": (of_smp("Unet", encoder_name="resnet18"), (3, 64, 64)),
    "smp unet++": (of_smp("UnetPlusPlus", encoder_name="resnet18"), (3, 64, 64)),
    "smp linknet": (of_smp("Linknet", encoder_name="resnet18"), (3, 64, 64)),
    "smp fpn": (of_smp("FPN", encoder_name="resnet18"), (3, 64, 64)),
    "smp pspnet": (of_smp("PSPNet", encoder_name="resnet18"), (3, 64, 64)),
    "smp deeplabv3+": (of_smp("DeepLabV3Plus", encoder_name="resnet18"), (3, 96, 96)),
    "monai unet": (of_monai("UNet", channels=(4, 8, 16), strides=(2, 2), num_res_units=1, **STEPS), (1, 32, 32)),
    "monai basic unet": (of_monai("BasicUNet", features=(4, 4, 8, 8, 8, 4), **STEPS), (1, 32, 32)),
    "monai segresnet": (of_monai("SegResNet", init_filters=8, **STEPS), (1, 32, 32)),
    "monai highresnet": (of_monai("HighResNet", **STEPS), (1, 48, 48)),
    "tcn": (tcn, (3, 60)),
    "drn-c-26": (DRNC26, WIDE),
    "espnet": (ESPNetC, (3, 96, 96)),
    "d-linknet": (DLinkNet, (3, 128, 128)),
    "wavenet": (lambda: WaveNet(2, 4), (1, 60)),
}
