"""What is planted: mistakes that are written down in `written/`, and what would be a place for each in the project."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = Path(__file__).with_name("written")


@dataclass(frozen=True)
class Mutant:
    """A text of a file of the project, and the wrong text that takes its place.

    Attributes
    ----------
    file : str
        From the root of the project.
    mistake : str
        What kind of mistake it is, in a few words.
    right, wrong : str
        The text, which the file holds once, and what is planted.
    equivalent : str
        Why nothing that anyone can see differs, if that is so; then no test has to notice.
    """

    file: str
    mistake: str
    right: str
    wrong: str
    equivalent: str = ""

    @property
    def room(self):
        """The folder of the file, which is the room of the house that it belongs to."""
        return Path(self.file).parent.as_posix()

    @property
    def is_script(self):
        """Whether the file is one of the pages' scripts."""
        return Path(self.file).suffix == ".js"

    def planted(self, text):
        """Return the text of the file with the mistake in it.

        Raises
        ------
        ValueError
            If the place of the mistake has gone, or is not the only one that reads so.
        """
        if self.right == self.wrong:
            raise ValueError(f"{self.file}, {self.mistake}: right and wrong are the same text {self.right!r}")
        if text.count(self.right) != 1:
            raise ValueError(
                f"{self.file}, {self.mistake}: {text.count(self.right)} places read {self.right!r}, one is needed"
            )
        return text.replace(self.right, self.wrong)


def read_list(path):
    """Return the mutants of one list: a table for each file, in it ``mistake = [right, wrong, why equivalent]``."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return [Mutant(file, mistake, *texts) for file, table in tables.items() for mistake, texts in table.items()]


def written_mutants(folder=WRITTEN):
    """Return all mutants that are written down, list by list."""
    return [mutant for path in sorted(folder.glob("*.toml")) for mutant in read_list(path)]


def stale(mutants, root=ROOT):
    """Return in words what is wrong with each mutant that cannot be planted in the project at `root`."""
    found = []
    for mutant in mutants:
        path = root / mutant.file
        try:
            mutant.planted(path.read_text(encoding="utf-8"))
        except (ValueError, FileNotFoundError) as error:
            found.append(str(error))
    return found
