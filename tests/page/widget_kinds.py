"""Which widgets of the book are of one kind, and which of them stand for their kind.

Sixty questions and six cones answer by the same scripts. What one of a kind does, the others do with other words, and
these are held against hdclib by the tests of their chapters. So the tests that drive a widget through everything take
two of each kind, where the book shows them first.
"""

import json
from collections import Counter, defaultdict

import site_pages

from tools.notebooks import notebook_form

EACH = 2  # of a kind: one may have started in a state of its own
PREFIX = "IPY_MODEL_"


def kinds(notebook):
    """Return the kind of each widget that a notebook shows, in the order of the page.

    A kind is the set of its models, by their scripts or, for plain controls, their names; a question with options is of
    another kind than one with a field, and one that wants decimals of another than one that wants a whole number.
    """
    stored = json.loads(notebook.read_text(encoding="utf-8"))
    models = stored["metadata"].get("widgets", {}).get(notebook_form.WIDGET_STATE, {}).get("state", {})
    outputs = [output for cell in stored["cells"] for output in cell.get("outputs", [])]
    views = [output["data"][notebook_form.WIDGET_VIEW] for output in outputs
             if notebook_form.WIDGET_VIEW in output.get("data", {})]  # fmt: skip
    return [frozenset(_kind(models[key]) for key in _tree(models, view["model_id"])) for view in views]


def _kind(model):
    state = model["state"]
    return state.get("_anywidget_id", model["model_name"]), bool(state.get("options")), bool(state.get("decimals"))


def _tree(models, root):
    """The keys of a model and of all that it names, each once."""
    found, open_keys = {}, [root]
    while open_keys:
        key = open_keys.pop()
        if key not in found:
            found[key] = None
            named = json.dumps(models[key]["state"]).split(PREFIX)[1:]
            open_keys += [name.split('"')[0] for name in named]
    return found


def shown():
    """Return by page the kinds of its widgets, in the order of the book."""
    return {site_pages.page_of(notebook): found
            for notebook in notebook_form.in_toc(site_pages.ROOT) if (found := kinds(notebook))}  # fmt: skip


def chosen():
    """Return by page which of its widgets, from 0 on, stand for their kind; pages with none are left out."""
    seen, places = Counter(), defaultdict(list)
    for page, found in shown().items():
        for place, kind in enumerate(found):
            seen[kind] += 1
            if seen[kind] <= EACH:
                places[page].append(place)
    return dict(places)


def standing(page, path):
    """Return the places on an open page of the widgets that stand for their kind."""
    places = page.locator(".widget-subarea").all()
    assert len(places) == len(shown()[path])
    return [places[place] for place in chosen()[path]]
