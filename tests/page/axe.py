"""Ask axe-core what on an opened page breaks WCAG 2.2, levels A and AA."""

from pathlib import Path

AXE = Path(__file__).resolve().parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Nothing is loaded again beforehand: that serves rules on media, of which a page has none, and takes long.
RUN = "(rules) => axe.run(document, { runOnly: rules, resultTypes: ['violations'], preload: false })"


def violations(page):
    """Return a line for each part of the page that breaks a rule."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.locator("audio, video").count() == 0
    found = page.evaluate(RUN, RULES)
    assert found["testEngine"]["name"] == "axe-core"
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found["violations"] for node in rule["nodes"]]
