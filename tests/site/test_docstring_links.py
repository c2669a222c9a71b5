"""What a docstring names becomes a link on the page of the API."""

import hdc_docstrings

KEYS = {"wang2018", "le0v1n2022", "keras"}


def test_a_key_of_the_bibliography_becomes_a_citation():
    lines = ["Wang et al. (2018), sec. 3.2 [wang2018]; a blog [le0v1n2022]; Keras 3 [keras]."]
    assert hdc_docstrings.linked(lines, KEYS) == [
        "Wang et al. (2018), sec. 3.2 :cite:`wang2018`; a blog :cite:`le0v1n2022`; Keras 3 :cite:`keras`."
    ]


def test_other_brackets_stay_as_they_are():
    lines = ["``parts[r][c]``, layers[0], [1, 2] and [unknown2020]"]
    assert hdc_docstrings.linked(lines, KEYS) == lines


def test_an_example_stays_as_it_is_up_to_the_next_empty_line():
    example = [">>> [keras]", "[keras]", "", "See [keras]."]
    assert hdc_docstrings.linked(example, KEYS) == [*example[:3], "See :cite:`keras`."]


def test_the_classes_in_a_type_become_links_and_words_elsewhere_do_not():
    lines = [
        ":Parameters: **layers** (sequence of ConvLayer, or of `Cascade`, or (Report, bool)) -- A ConvLayer.",
        ":returns: **found** (*ndarray of Coverage, shape (R,)*) -- Coverage (all of it).",
        ":Attributes: * **read, span** (*tuple of Finding*)",
        "             * **share** (*float*) -- Of a Report.",
        "          * **either** (Survey, or `None`) -- Of a Report.",
        ":returns: *Coverage or None*",
    ]
    assert hdc_docstrings.linked(lines, KEYS) == [
        ":Parameters: **layers** (sequence of `~hdclib.ConvLayer`, or of `~hdclib.Cascade`, or "
        "(`~hdclib.rules.Report`, bool)) -- A ConvLayer.",
        ":returns: **found** (ndarray of `~hdclib.gridding.Coverage`, shape (R,)) -- Coverage (all of it).",
        ":Attributes: * **read, span** (tuple of `~hdclib.rules.Finding`)",
        "             * **share** (*float*) -- Of a Report.",
        "          * **either** (`~hdclib.rules.Survey`, or `None`) -- Of a Report.",
        ":returns: `~hdclib.gridding.Coverage` or None",
    ]


def test_a_public_name_is_told_with_its_home_and_an_argument_of_that_name_is_not():
    lines = ["See `coverage`, `response_zeros` and ``coverage``; `runs` and `other` are not.", ">>> `coverage`"]
    assert hdc_docstrings.linked(lines, KEYS, taken={"runs"}) == [
        "See `~hdclib.coverage`, `~hdclib.signal.response_zeros` and ``coverage``; `runs` and `other` are not.",
        ">>> `coverage`",
    ]
