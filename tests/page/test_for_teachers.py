"""The links of the page for teachers: each opens its chapter, and the widget there shows the state of the address."""

import hdclib as hdc

PAGE, GAME, CONE = "book/for_teachers.html", "Cover the square", "Cone"
MAP, WALK, STEPPER, DESIGNER = "Usage map", "The distances, layer by layer", "Stepper", "Schedule designer"


def used(dilations, side):
    inside = (hdc.usage_map(dilations, 3) > 0).sum()
    return f"Dilations {', '.join(map(str, dilations))} use {inside} of the {side**2} pixels"


def reads(dilations):
    found = hdc.coverage(dilations, 3)
    return f"{found.pixels} pixels of Layer 1 and uses {found.pixels_read} "


def gap(dilations, layer):
    return f"Counted, the largest gap in Layer {layer} is {hdc.descent_gaps(dilations, 3)[layer - 1]}"


def schedules(field, depth):
    number = len(hdc.design(field, depth, 3))
    words = "One schedule has" if number == 1 else f"{number} schedules have"
    return f"{words} exactly the field {field}, with {depth} layers"


SHOWN = {  # what the address says → the widget, and words of it that hold in that state only
    "square.dilations=1,1,1&square.side=13": (GAME, used([1, 1, 1], 13)),
    "square.dilations=2,2,2&square.side=17": (GAME, used([2, 2, 2], 17)),
    "cone.dilations=2,2,2&cone.step=0": (CONE, "Layer 4, the output: one value."),
    "cone.dilations=2,2,2&cone.view=space": (CONE, "one output uses 7 of 13 cells along a row, 49 of 169"),
    "two.dilations=2,2,2&two.second=1&two.step=0": (CONE, "Layer 4, the output: A and B are neighbours."),
    "pair.dilations=2,2,2&pair.right=1": ("Two neighbouring outputs", "1 to the right of output A and 0 below it."),
    **{
        f"map.dilations={','.join(map(str, d))}{more}": (MAP, reads(d))
        for d, more in (([2, 2, 2], ""), ([3, 3], "&map.seen_from=3"), ([2, 4, 6], ""), ([1, 2, 9], ""))
    },
    "walk.dilations=1,2,5&walk.step=1": (WALK, gap([1, 2, 5], 3)),
    "walk.dilations=1,2,9&walk.step=1": (WALK, gap([1, 2, 9], 3)),
    "walk.dilations=1,2,9&walk.step=2": (WALK, f"M₂ = max[5, −5, 2] = {hdc.second_distance([1, 2, 9])}"),
    "predict.turn=1": ("Predict M₂", "Stack 1 of 12."),
    "walk.dilations=1,2,3": (WALK, gap([1, 2, 3], 3)),
    "break.dilations=1,2,5": (MAP, reads([1, 2, 5])),
    "survey.rule=distance&survey.layers=2&survey.largest=9": ("Rule against truth", "Stacks: 45."),
    "sum.dilation=2&sum.padding=2": (STEPPER, "Input 7 × 7, output 7 × 7."),
    "walk.dilation=2&walk.padding=1": (STEPPER, "Input 7 × 7, output 5 × 5."),
    "vgg.pools=keep,keep,dilate,dilate,dilate": ("VGG16 with and without its pools", "one feature every 4 pixels"),
    "orders.first=1,2,3,1,2,3&orders.second=1,1,2,2,3,3": (
        "Two stacks, layer by layer",
        "Stack B, dilations 1, 1, 2, 2, 3, 3",
    ),
    "design.target=41&design.depth=4": (DESIGNER, schedules(41, 4)),
    "design.target=81&design.depth=4": (DESIGNER, schedules(81, 4)),
}
SAYS = "([place, words]) => [...document.querySelectorAll(place)].some(said => said.textContent.includes(words))"


def test_every_link_opens_its_widget_in_its_state(visit):
    page = visit.open(PAGE)
    links = page.locator(".bd-article a.hdc-state")
    addresses = [link.get_attribute("href") for link in links.all()]
    assert {address.split("?")[1].split("#")[0] for address in addresses} == set(SHOWN)
    for address in sorted(set(addresses)):
        state, section = address.split("?")[1].split("#")
        widget, words = SHOWN[state]
        page = visit.open(f"book/{address}")
        place = f"section:is([id='{section}'], :has(> [id='{section}'])) .hdc[aria-label='{widget}'] .hdc-status"
        page.wait_for_function(SAYS, arg=[place, words])
        assert "".join(page.locator(".hdc-notice").all_inner_texts()) == "", address
        if "view=space" in state:
            assert page.get_by_role("radio", name="Space", exact=True).first.is_checked()
    assert visit.complaints == [] and visit.foreign() == []
