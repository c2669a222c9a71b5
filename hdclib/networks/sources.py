"""Where in their authors' code the dilations of the published parts stand: read there, line by line."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Lines:
    """Lines of a file in a public repository, at one commit.

    Attributes
    ----------
    repository : str
        Owner and name on GitHub.
    commit : str
    path : str
    first, last : int

    Examples
    --------
    >>> from hdclib.networks.sources import CODE
    >>> print(CODE["PSPNet", "layer3 and layer4"])
    hszhao/semseg, model/pspnet.py, lines 49 to 56
    """

    repository: str
    commit: str
    path: str
    first: int
    last: int

    def __str__(self):
        return f"{self.repository}, {self.path}, lines {self.first} to {self.last}"

    @property
    def url(self):
        """Their address, which stays what it is when the repository goes on."""
        place = f"{self.commit}/{self.path}#L{self.first}-L{self.last}"
        return f"https://github.com/{self.repository}/blob/{place}"


YU_KOLTUN = "fyu/dilation", "0f105742e8c2202af12feb54374781ba55c3e112", "network.py"
DLINKNET = (
    "zlckanata/DeepGlobe-Road-Extraction-Challenge", "7354f87ea03224a2c7a4c9e2bc6988cb511eb9a8", "networks/dinknet.py",
)  # fmt: skip
TORCHVISION = "pytorch/vision", "8fb87713a24951e639c494b0f2a8a81b5f8e33a6"
DRN = "fyu/drn", "d75db2ee7070426db7a9264ee61cf489f8cf178c", "drn.py"
SMP = {16: "DeepLab v3+ (smp.DeepLabV3Plus)", 8: "DeepLab v3 (smp.DeepLabV3)"}  # its parts, by their output stride
SMP_FILE = (
    "qubvel-org/segmentation_models.pytorch",
    "5006616357631a48c7c8e11977cf5abb00803590",
    "segmentation_models_pytorch/decoders/deeplabv3/model.py",
)
UNIREPLKNET = "AILab-CVC/UniRepLKNet", "b5677d8fb0e7b8af61eac39c1bf02727f5afc1d5", "unireplknet.py"
CODE = {
    ("Yu-Koltun", "front end"): Lines(*YU_KOLTUN, 76, 112),
    ("Yu-Koltun", "context module"): Lines(*YU_KOLTUN, 131, 180),
    ("Yu-Koltun", "context, Cityscapes"): Lines(*YU_KOLTUN, 131, 180),
    ("D-LinkNet", "centre, ResNet-34"): Lines(*DLINKNET, 36, 56),
    ("D-LinkNet", "centre, ResNet-50"): Lines(*DLINKNET, 14, 34),
    ("VAN", "large kernel attention"): Lines(
        "Visual-Attention-Network/VAN-Classification",
        "e19779b53a1b0828b51ecb4412d577541aee83a7",
        "models/van.py",
        50,
        55,
    ),
    ("LSKNet", "selective kernel"): Lines(
        "zcablii/LSKNet", "cbe06cabcb0be0dd94ee48b8ffcd12a9f95c85ad", "mmrotate/models/backbones/lsknet.py", 35, 40
    ),
    ("PSPNet", "layer3 and layer4"): Lines(
        "hszhao/semseg", "4f274c3f276778228bc14a4565822d46359f0cc8", "model/pspnet.py", 49, 56
    ),
    ("torchvision", "layer3 and layer4"): Lines(*TORCHVISION, "torchvision/models/resnet.py", 235, 263),
    ("torchvision", "layer3 to FCN head"): Lines(*TORCHVISION, "torchvision/models/segmentation/fcn.py", 36, 46),
    ("torchvision", "layer3 to DeepLab head"): Lines(
        *TORCHVISION, "torchvision/models/segmentation/deeplabv3.py", 49, 58
    ),
    **{
        ("segmentation_models_pytorch", f"{SMP[16]}, ResNet-{depth}"): Lines(*SMP_FILE, 190, 225)
        for depth in (18, 34, 50)
    },
    **{
        ("segmentation_models_pytorch", f"{SMP[8]}, ResNet-{depth}"): Lines(*SMP_FILE, 64, 104)
        for depth in (34, 50)
    },
    ("DRN-C-26", "levels 5 and 6"): Lines(*DRN, 146, 150),
    ("DRN-C-26", "levels 5 to 8"): Lines(*DRN, 146, 158),
    ("HDC", "res4 and res5, bigger"): Lines(
        "TuSimple/TuSimple-DUC", "f3b05b21cf3252baf89c7b88667f55cc74cd5418", "tusimple_duc/networks/resnet.py", 113, 140
    ),
    ("CSRNet", "back end"): Lines(
        "leeyeehoo/CSRNet-pytorch", "ed29d895989c188cb913a9503721271c6cf1ab1f", "model.py", 10, 46
    ),
    ("DenseASPP", "dilations 3 to 24"): Lines(
        "DeepMotionAIResearch/DenseASPP", "35a3e05fd70398b740776fa3ff1378c8470b6026", "models/DenseASPP.py", 83, 96
    ),
    ("ESPNet", "ESP unit"): Lines(
        "sacmehta/ESPNet", "afe71c38edaee3514ca44e0adcafdf36109bf437", "train/Model.py", 183, 212
    ),
    ("UniRepLKNet", "dilated branches, K=13"): Lines(*UNIREPLKNET, 191, 193),
    ("UniRepLKNet", "dilated branches, K=17"): Lines(*UNIREPLKNET, 185, 187),
}
