"""The audit tells a vulnerability, none, and that nobody could be asked, apart."""

import json
import sys

import pytest

from tools.setup import audit

NONE = {"dependencies": [{"name": "a", "version": "1", "vulns": []}]}, {"vulnerabilities": {}}
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
        (FAILING, saying(NONE[1]), 2, "requirements.txt: NOT KNOWN, the database is out of reach"),
        (saying(NONE[0]), FAILING, 2, "web/lite: NOT KNOWN, the database is out of reach"),
        (saying(NONE[0]), saying({"error": {"code": "ENOTFOUND"}}), 2, "web: NOT KNOWN"),
        (FAILING, saying({"vulnerabilities": {"b": {"range": "<3", "severity": "high"}}}), 1, "NOT KNOWN"),
    ],
)
def test_what_is_known_is_told_from_what_is_not(capsys, python, node, status, words):
    assert audit.main(python, node) == status
    assert words in capsys.readouterr().out
