"""The page of published networks: a name is looked up by keyboard, and its row leads to the source of the line."""

import pytest

from tools.driving import page_driver

PAGE = "book/published_networks.html"


@pytest.fixture
def chapter(visit):
    page = visit.open(PAGE)
    yield page
    assert visit.complaints == [] and visit.foreign() == [] and visit.failed == []


def names(page):
    rows = page.locator("table[data-find] tbody tr")
    return [rows.nth(i).locator("td").first.inner_text() for i in range(rows.count()) if rows.nth(i).is_visible()]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("pspnet", "PSPNet"),
        ("DLinkNet", "D-LinkNet"),
        ("deeplabv3 aspp", "DeepLab v3"),
        ("uni rep", "UniRepLKNet"),
        ("ＰＳＰＮｅｔ", "PSPNet"),
        ("pspnét", "PSPNet"),
    ],
)
def test_a_name_is_found_however_it_is_written(chapter, written, found):
    field = chapter.get_by_role("searchbox", name="Name of a network:")
    everything = names(chapter)
    field.focus()
    chapter.keyboard.type(written)
    assert {name.split(",")[0] for name in names(chapter)} == {found}
    status = chapter.locator(".hdc-find [role=status]")
    assert status.inner_text() == f"{len(names(chapter))} of {len(everything)} rows"
    field.fill("")
    assert names(chapter) == everything


SMP = "segmentation_models_pytorch"


def test_a_function_of_a_library_and_a_backbone_are_names_too(chapter):
    field = chapter.get_by_role("searchbox", name="Name of a network:")
    field.fill("deeplabv3_resnet50")
    found = [name.split(", of")[0] for name in names(chapter)]
    assert found == [f"{SMP}, DeepLab v3 (smp.DeepLabV3), ResNet-50", "torchvision, layer3 to DeepLab head"]
    field.fill("smp.DeepLabV3Plus")
    assert [name.rsplit(", ", 1)[1] for name in names(chapter)] == ["ResNet-18", "ResNet-34", "ResNet-50"]
    field.fill("fcn_resnet101")
    assert [name.split(", of")[0] for name in names(chapter)] == ["torchvision, layer3 to FCN head"]
    field.fill("ResNet-101")
    found = {name.split(",")[0] for name in names(chapter)}
    assert found == {"DeepLab v2", "DeepLab v3", "HDC", "PSPNet", "torchvision"}
    for written in ("v3+", "DeepLabV3+"):
        field.fill(written)
        assert {name.split(",")[0] for name in names(chapter)} == {"DeepLab v3", "torchvision", SMP}
    field.fill("resnet-50")
    assert {name.split(",")[0] for name in names(chapter)} == {"D-LinkNet", "DeepLab v3", "PSPNet", "torchvision", SMP}


def test_a_name_that_is_not_there_leaves_no_row_and_says_so(chapter):
    chapter.get_by_role("searchbox", name="Name of a network:").fill("no such network")
    assert names(chapter) == []
    told = chapter.locator(".hdc-find [role=status]").inner_text()
    assert told.startswith("0 of ")
    assert "; less of the name may find more. " in told and told.endswith("; else the text below helps")


def test_escape_clears_the_field_before_it_ends_the_slides(chapter):
    chapter.get_by_role("button", name="Present").click()
    field = chapter.get_by_role("searchbox", name="Name of a network:")
    for _ in range(20):
        if field.is_visible():
            break
        chapter.keyboard.press("ArrowRight")
    field.focus()
    chapter.keyboard.type("psp")
    chapter.keyboard.press("Escape")
    assert field.input_value() == "" and "presenting" in chapter.evaluate("({ ...document.documentElement.dataset })")
    chapter.keyboard.press("Escape")
    assert "presenting" not in chapter.evaluate("({ ...document.documentElement.dataset })")


def test_every_row_leads_to_a_place_on_the_page(chapter):
    links = chapter.locator("table[data-find] tbody a")
    targets = {links.nth(i).get_attribute("href") for i in range(links.count())}
    assert links.count() == chapter.locator("table[data-find] tbody tr").count()
    assert all(target.startswith("#published-") and chapter.locator(target).count() == 1 for target in targets)


def test_on_paper_all_rows_stand_again(chapter):
    chapter.get_by_role("searchbox", name="Name of a network:").fill("pspnet")
    chapter.emulate_media(media="print")
    page_driver.wait_for_paint(chapter)
    assert len(names(chapter)) == chapter.locator("table[data-find] tbody tr").count()
    assert not chapter.locator(".hdc-find").is_visible()
