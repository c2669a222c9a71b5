"""The stored form of a notebook: which ones the book has, what is kept, and when two of them are the same."""

import base64
import hashlib
import io
import json
import re
from pathlib import Path

import nbformat
import numpy as np
import yaml
from PIL import Image

WIDGET_STATE = "application/vnd.jupyter.widget-state+json"
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
ADDRESS = re.compile(r"0x[0-9a-fA-F]{6,16}")
PNG_TOLERANCE = 2.0  # root of the mean squared difference, of 255
SCRIPT_TRAITS = ("_esm", "_css")
MADE = "book/coursework"  # the folder of the assignments' pages


def in_toc(root):
    """Return the paths of the notebooks listed in ``_toc.yml``, in the order of reading."""
    toc = yaml.safe_load((Path(root) / "_toc.yml").read_text(encoding="utf-8"))
    return [path for name in names(toc) if (path := Path(root) / f"{name}.ipynb").exists()]


def chapters(root):
    """Return those of `in_toc` that are written by hand and stored executed: all but the pages of assignments.

    Those are made by `make book` from the assignments' sources, without solutions, and are never executed.
    """
    return [path for path in in_toc(root) if not is_handed_out(path)]


def is_handed_out(path):
    """Tell whether a notebook of the book is an assignment as students get it: made by the build, not yet solved."""
    return Path(path).parent.as_posix().endswith(MADE)


def in_course(root):
    """Return the paths of the assignments' sources, which are executed with their solutions, in the order of names."""
    return sorted(path for path in Path(root).glob("course/assignments/*/*.ipynb") if path.stem == path.parent.name)


def names(entry):
    """Yield the names of the files of a table of contents, depth first."""
    for key in ("root", "file"):
        if key in entry:
            yield entry[key]
    for key in ("parts", "chapters", "sections"):
        for child in entry.get(key, []):
            yield from names(child)


def tidy(notebook, name):
    """Return `notebook` without what differs from run to run: ids of widgets, scripts' text, times, versions."""
    tidied = json.loads(json.dumps(notebook))
    state = tidied["metadata"].get("widgets", {}).get(WIDGET_STATE)
    tidied["metadata"] = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    if state:
        tidied["metadata"]["widgets"] = {WIDGET_STATE: _lighter(state)}
    text = json.dumps(tidied)
    for old, new in _model_ids(state, text, name).items():
        text = text.replace(old, new)
    tidied = json.loads(text)
    for cell in tidied["cells"]:
        cell["metadata"].pop("execution", None)
        if "outputs" in cell:
            cell["outputs"] = _joined(cell["outputs"])
    return nbformat.from_dict(tidied)


def _joined(outputs):
    """Return a cell's outputs with neighbouring pieces of one stream made one; the kernel cuts them at random."""
    joined = []
    for output in outputs:
        before = joined[-1] if joined else {}
        if output["output_type"] == "stream" and output["name"] == before.get("name"):
            before["text"] += output["text"]
        else:
            joined.append(output)
    return joined


def _lighter(state):
    """Return the widgets' state without the text of page scripts, which pages load as files, and unset layout."""
    for model in state["state"].values():
        values = model["state"]
        if "page_script" in values:
            values.update(dict.fromkeys(SCRIPT_TRAITS, ""))
        if model["model_name"] == "LayoutModel":
            model["state"] = {key: value for key, value in values.items() if value is not None}
    return state


def _model_ids(state, text, name):
    """Map each random model id to one made of the notebook's name and the order of creation."""
    ids = list(state["state"]) if state else []
    return {old: hashlib.sha256(f"{name}/{at}".encode()).hexdigest()[:32] for at, old in enumerate(ids)}


def same(stored, fresh):
    """Tell whether two notebooks agree: equal text, and pictures that differ by less than a tolerance."""
    stored, fresh = (json.loads(json.dumps(notebook)) for notebook in (stored, fresh))
    pairs = list(zip(_take_pictures(stored), _take_pictures(fresh), strict=False))
    return _plain(stored) == _plain(fresh) and all(same_picture(old, new) for old, new in pairs)


def _plain(notebook):
    """Return a notebook as text, with addresses in memory made equal."""
    return ADDRESS.sub("0xADDRESS", json.dumps(notebook, sort_keys=True))


def _take_pictures(notebook):
    """Take the PNG pictures out of a notebook and return them; a mark stays where each was."""
    pictures = []
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            if "image/png" in output.get("data", {}):
                pictures.append(output["data"]["image/png"])
                output["data"]["image/png"] = "picture"
    return pictures


def first_error(notebook):
    """Say with which error the first code cell ended, or that it did not run."""
    first = _code_cells(notebook)[0]
    if not first["execution_count"]:
        return ["code cell 0 did not run"]
    errors = [output for output in first["outputs"] if output["output_type"] == "error"]
    return [f"code cell 0: {error['ename']}: {error['evalue']}" for error in errors]


def differences(stored, fresh):
    """Say in which code cells two notebooks show other text, or did not run; pictures may come from other versions."""
    pairs = zip(_code_cells(stored), _code_cells(fresh), strict=True)
    found = []
    for number, (old, new) in enumerate(pairs):
        if not new["execution_count"]:
            found.append(f"code cell {number} did not run")
        elif _texts(old) != _texts(new):
            found.append(f"code cell {number}: stored {_texts(old)}, now {_texts(new)}")
    return found


def _code_cells(notebook):
    """Return the cells with code."""
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def _texts(cell):
    """Return what a cell shows: each text, with addresses made equal, and the kinds of all else but widgets."""
    outputs = [{**output, "text": _text(output.get("text", ""))} for output in cell["outputs"]]
    shown = []
    for output in _joined(outputs):
        if output["output_type"] == "stream":
            shown.append((output["name"], _text(output["text"])))
        elif output["output_type"] == "error":
            shown.append((output["ename"], output["evalue"]))
        kinds = sorted(set(output.get("data", {})) - {WIDGET_VIEW})
        shown += [(kind, _text(output["data"][kind]) if kind.startswith("text/") else "") for kind in kinds]
    return shown


def _text(value):
    """Return a text of a notebook, stored whole or by lines, with addresses in memory made equal."""
    return ADDRESS.sub("0xADDRESS", value if isinstance(value, str) else "".join(value))


def same_picture(old, new):
    """Tell whether two base64 PNGs have one size and differ by less than the tolerance."""
    return old == new or picture_distance(old, new) <= PNG_TOLERANCE


def picture_distance(old, new):
    """Return the root mean squared difference of two base64 PNGs, infinite if their sizes differ."""
    first, second = (np.asarray(_open(text), dtype=float) for text in (old, new))
    if first.shape != second.shape:
        return float("inf")
    return float(np.sqrt(np.mean((first - second) ** 2)))


def _open(text):
    """Return a base64 PNG as an image of three channels."""
    return Image.open(io.BytesIO(base64.b64decode(text))).convert("RGB")


if __name__ == "__main__":  # list the notebooks that are stored executed, for the Makefile
    ROOT = Path(__file__).resolve().parents[2]
    print(*(path.relative_to(ROOT) for path in chapters(ROOT) + in_course(ROOT)))
