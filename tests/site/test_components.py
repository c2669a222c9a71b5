"""Every file of the site is somebody's, under a licence that the site names."""

import json
from email.message import Message
from importlib.metadata import files

import pytest

from tools.site import components, licences
from tools.site.components import FIXED, Component, Unknown, components_of, licence_of, rule_of

BUNDLED = {"loader.js": [{"name": "jquery", "version": "3.8.0", "licence": "MIT"}], "onnx_reader.js": []}
BSD = ("Classifier", "License :: OSI Approved :: BSD License")
THEIRS = {  # what no metadata says of a part of a package, and a file that says it
    "Bootstrap": ("pydata-sphinx-theme", "bootstrap.js.LICENSE.txt", "Bootstrap v{}"),
    "Font Awesome Free": ("pydata-sphinx-theme", "all.min.js.LICENSE.txt", "Font Awesome Free {}"),
    "clipboard.js": ("sphinx-copybutton", "clipboard.min.js", "clipboard.js v{}"),
}


@pytest.fixture
def site(tmp_path, monkeypatch):
    """A site of a few files."""
    whole = tmp_path / "site"
    for name in ("index.html", "book/gridding.html", "_static/basic.css", "_static/hdc-0123456789/loader.js"):
        (whole / name).parent.mkdir(parents=True, exist_ok=True)
        (whole / name).write_text('<p class="copyright">© 2026</p>' if name.endswith("html") else "")
    (tmp_path / "bundled.json").write_text(json.dumps(BUNDLED))
    monkeypatch.setattr(components, "BUNDLED", tmp_path / "bundled.json")
    components._bundled.cache_clear()
    yield whole
    components._bundled.cache_clear()


def test_each_file_has_its_components(site):
    found = {one.name: files for one, files in components_of(site).items()}
    loader = "_static/hdc-0123456789/loader.js"
    assert found["jquery"] == [loader] and found["hdclib"] == [loader]
    assert found["sphinx"] == ["_static/basic.css"]
    assert found[components.TEXT] == ["book/gridding.html", "index.html"]


@pytest.mark.parametrize("name", ["_static/new.js", "_static/scripts/new.js", "new.js", "fonts/new.woff2"])
def test_a_shipped_file_without_an_entry_is_refused(site, name):
    (site / name).parent.mkdir(parents=True, exist_ok=True)
    (site / name).write_text("")
    with pytest.raises(Unknown, match=f"{name} is shipped and has no entry"):
        licences.add(site, "Book")


def test_a_package_without_a_licence_is_refused():
    with pytest.raises(Unknown, match="left-pad 1.0 names no licence"):
        Component("left-pad", "1.0", "", "npm")


@pytest.mark.parametrize(
    ("headers", "licence"),
    [
        ([("License-Expression", "MIT OR Apache-2.0"), ("License", "other")], "MIT OR Apache-2.0"),
        ([("License", "BSD 3-Clause License\n\nCopyright"), BSD], "BSD-3-Clause"),
        ([("License", "Copyright (c) 2005-2024, NumPy Developers, all of them"), BSD], "BSD"),
        ([("License", "MIT")], "MIT"),
        ([("License", "Copyright of somebody who tells a long story about it")], ""),
        ([], ""),
    ],
)  # fmt: skip
def test_the_licence_is_what_the_metadata_says(headers, licence):
    message = Message()
    for name, value in headers:
        message[name] = value
    assert licence_of(message) == licence


@pytest.mark.parametrize("name", THEIRS)
def test_versions_that_are_written_here_are_those_of_the_packages(name):
    package, inside, words = THEIRS[name]
    (path,) = [path for path in files(package) if path.name == inside]
    assert words.format(FIXED[name][0]) in path.read_text()


def test_the_page_and_the_bill_name_the_same_components(site, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    found = components_of(site)
    licences.add(site, "Book & more")
    page, bill = (site / licences.PAGE).read_text(), json.loads((site / licences.BILL).read_text())
    assert "<title>Licences — Book &amp; more</title>" in page
    assert all(f">{one.name}<" in page or one.name == components.TEXT for one in found)
    assert {one["name"] for one in bill["components"]} == {one.name for one in found}
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert bill["metadata"]["timestamp"] == "2023-11-14T22:13:20+00:00"
    purls = {one["name"]: one.get("purl") for one in bill["components"]}
    assert purls["jquery"] == "pkg:npm/jquery@3.8.0" and purls["sphinx"].startswith("pkg:pypi/sphinx@")


def test_the_page_has_a_table_for_each_part_of_the_site():
    numpy, lab = Component("numpy", "2.0.2", "BSD", "pypi"), Component("@codemirror/view", "6", "MIT", "npm")
    both = Component("anywidget", "0.11.0", "MIT", "pypi")
    found = {numpy: ["lite/static/pyodide/numpy.whl"], lab: ["lite/build/1.js"], both: ["_static/a.js", "lite/b.js"]}
    parts = licences.page(found, "Book").split("<h2>")[1:]
    assert [part.split("</h2>")[0].split(" ")[0] for part in parts] == ["The", "Notebooks", "Python"]
    assert [sorted(one.name for one in found if f">{one.name}<" in part) for part in parts] == [
        ["anywidget"],
        ["@codemirror/view", "anywidget"],
        ["numpy"],
    ]


def test_every_page_leads_to_the_licences(site):
    licences.add(site, "Book")
    assert 'href="licences.html"' in (site / "index.html").read_text()
    assert 'href="../licences.html"' in (site / "book" / "gridding.html").read_text()


def test_the_bill_is_the_same_whenever_it_is_made(site, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    found = components_of(site)
    assert licences.bill(found, "Book") == licences.bill(found, "Book")


def test_a_rule_of_one_folder_is_none_for_another():
    assert rule_of("_static/hdc/katex/fonts/KaTeX_Main-Regular.woff2") == "katex"
    assert rule_of("lite/static/pyodide/numpy-2.0.2-cp312-cp312-pyodide_2024_0_wasm32.whl") == "a wheel"
    assert rule_of("lite/build/1234.js") == "JupyterLite"
