"""What the built site holds of others is named, and of the machine that built it there is nothing."""

import json

from bs4 import BeautifulSoup

from tools.site.assemble_site import SITE
from tools.site.components import FIXED, components_of
from tools.site.leaks import leaks_in
from tools.site.licences import BILL, PAGE
from tools.site.pyodide_packages import official_lock


def test_the_site_holds_no_secret_and_no_place_of_this_machine(archive):
    assert leaks_in(SITE) == []


def test_every_component_of_the_archive_is_on_its_page_of_licences_and_in_its_bill(folder):
    page, bill = (folder / PAGE).read_text(encoding="utf-8"), json.loads((folder / BILL).read_text(encoding="utf-8"))
    found = components_of(SITE)
    listed = {(one["name"], one.get("version", "")) for one in bill["components"]}
    assert len(found) > 400 and listed == {(one.name, one.version) for one in found}
    rows = BeautifulSoup(page, "html.parser").select("tbody tr")
    told = {tuple(cell.get_text() for cell in row.select("th, td")) for row in rows}
    assert {(one.name, one.version, one.licence) for one in found} <= told


def test_what_no_metadata_tells_is_what_pyodide_has(archive):
    """Its Python and its OpenSSL have no list of their own."""
    assert official_lock()["info"]["python"].startswith(f"{FIXED['CPython'][0]}.")
    openssl = official_lock()["packages"]["openssl"]
    assert openssl["version"] == FIXED["OpenSSL"][0]
