"""The audit tells a vulnerability, none, and that nobody could be asked, apart."""

import json
import sys

import pytest

from tools.setup import audit

NONE = {"dependencies": [{"name": "a", "version": "1", "vulns": []}]}, {"vulnerabilities": {}}
SKIPPED = {"dependencies": [{"name": "a", "skip_reason": "a was not found"}, {"name": "b", "skip_reason": "nor b"}]}
ONE = {"dependencies": [{"name": "a", "version": "1", "vulns": [{"id": "CVE-1", "fix_versions": ["2"]}]}]}


def saying(answer):
    """Return a command that prints an answer and takes any arguments."""
    return [sys.executable, "-c", f"print({json.dumps(answer)!r})"]


FAILING = [sys.executable, "-c", "import sys; sys.exit('no route to the database')"]


@pytest.mark.parametrize(
    ("python", "node", "status", "words"),
    [
        (saying(NONE[0]), saying(NONE[1]), 0, "web: 0 known vulnerabilities"),
        (saying(ONE), saying(NONE[1]), 1, "  a 1: CVE-1, mended in 2"),
        (saying(NONE[0]), saying({"vulnerabilities": {"b": {"range": "<3", "severity": "high"}}}), 1, "  b <3: high"),
        (FAILING, saying(NONE[1]), 2, "a database is out of reach or has no answer: no route to the database"),
        (saying(NONE[0]), FAILING, 2, "web/lite: 0 known vulnerabilities\n  NOT KNOWN"),
        (
            saying(NONE[0]),
            saying({"error": {"code": "ENOTFOUND"}}),
            2,
            "NOT KNOWN, a database is out of reach or has no answer: no answer",
        ),
        (saying(SKIPPED), saying(NONE[1]), 2, "has no answer: a was not found (and 1 more)"),
        (FAILING, saying({"vulnerabilities": {"b": {"range": "<3", "severity": "high"}}}), 1, "NOT KNOWN"),
    ],
)
def test_what_is_known_is_told_from_what_is_not(capsys, python, node, status, words):
    assert audit.main(python, node) == status
    assert words in capsys.readouterr().out
