"""The exercises of the chapters, and a key to them: ``_build/answers.md``, for teachers, never part of the site.

What is right is what the widgets of the executed notebooks hold, and so what the page itself checks answers with.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from tools.notebooks import notebook_form

ROOT = Path(__file__).resolve().parents[2]
KEY = ROOT / "_build" / "answers.md"
NUMBER = re.compile(r"\*\*(\d+)\.\*\*\s*(.+)", re.DOTALL)
HEADING = "## Exercises"
INTRODUCTION = """\
# Answers to all exercises

For teachers. Made by `make answers` from the executed notebooks: each answer is the one that the page checks with.
The solutions of the four assignments are in `course/assignments`.
"""


@dataclass(frozen=True)
class Exercise:
    """One exercise: its number in the chapter, what it asks, and the state of the widget that asks it."""

    number: int
    text: str
    state: dict

    def answer(self):
        """Return the right answer in words, and why it is right.

        Raises
        ------
        ValueError
            If not exactly one answer is right.
        """
        if "example" in self.state:
            return ", ".join(map(str, self.state["example"])) + ", among others", self.state["right"]
        right = [(given, words) for given, (is_right, words) in self.state["feedback"].items() if is_right]
        if len(right) != 1:
            raise ValueError(f"exercise {self.number} has {len(right)} right answers, and must have one")
        return right[0]

    def hints(self):
        """Return what the page says to each mistake that it knows, and to all others under ``otherwise``."""
        if "example" in self.state:
            return {"any other": self.state["hint"]}
        known = {given: words for given, (is_right, words) in self.state["feedback"].items() if not is_right}
        return known | ({"any other": self.state["otherwise"]} if self.state.get("otherwise") else {})

    def wanted(self):
        """Return what a stack has to meet, such as "holes = 0"; empty for a number or a choice."""
        return ["{} {} {}".format(*condition) for condition in self.state.get("conditions", [])]


def of(path):
    """Return the exercises of a chapter, in their order; `path` is its executed notebook."""
    notebook = json.loads(Path(path).read_text(encoding="utf-8"))
    models = notebook["metadata"].get("widgets", {}).get(notebook_form.WIDGET_STATE, {}).get("state", {})
    found, asked, inside = [], None, False
    for cell in notebook["cells"]:
        text = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            inside = inside or HEADING in text
            asked = NUMBER.search(text.partition(HEADING)[2] or text)
        elif inside and asked:
            found += [Exercise(int(asked[1]), asked[2].strip(), models[shown]["state"]) for shown in _shown(cell)]
    return found


def _shown(cell):
    views = [output.get("data", {}).get(notebook_form.WIDGET_VIEW) for output in cell["outputs"]]
    return [view["model_id"] for view in views if view]


def title(path):
    """Return the title of a chapter."""
    first = json.loads(Path(path).read_text(encoding="utf-8"))["cells"][0]
    return "".join(first["source"]).splitlines()[0].removeprefix("# ")


def lines(exercise):
    """Yield the lines of the key for one exercise."""
    given, why = exercise.answer()
    yield f"\n**{exercise.number}.** {exercise.text}\n"
    if exercise.wanted():
        yield f"- Wanted: {'; '.join(exercise.wanted())}; kernel size {exercise.state['kernel_size']}."
    yield f"- **Answer: {given}** {why}"
    for mistake, words in exercise.hints().items():
        yield f"- {mistake}: {words}"


def key(paths):
    """Return the key to the exercises of these chapters as Markdown."""
    text = [INTRODUCTION]
    for path in paths:
        text += [f"\n## {title(path)}", *(line for exercise in of(path) for line in lines(exercise))]
    return "\n".join(text) + "\n"


def main():
    """Write the key."""
    KEY.parent.mkdir(exist_ok=True)
    KEY.write_text(key(notebook_form.chapters(ROOT)), encoding="utf-8")
    print(f"answers: {KEY.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
