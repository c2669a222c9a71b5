"""Read a part of a YAML file that others wrote: mappings, lists and texts, within bounds, and nothing that is made."""

import yaml

from course.layout import CourseError

DEEPEST, MOST = 40, 3_000_000  # nodes within nodes, and events of all; what is not kept is counted too
NONE = ("", "~", "null", "Null", "NULL")
ALLOWED = f"allowed is YAML of mappings, lists and texts up to {DEEPEST} deep, each key once, without aliases"
_Quickest: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's, where PyYAML was built with it


def read_yaml(data, name, keeps):
    """Return what YAML holds, with each scalar as the text that stands there: an empty one for null.

    Parameters
    ----------
    data : bytes
    name : str
        Of the file, for what is wrong.
    keeps : function
        Tells of a path, a tuple of keys, whether it is kept; what is not is passed over, whatever it is.

    Raises
    ------
    CourseError
        If it is no YAML, or more than is allowed; it names file, line, and what is allowed.

    Examples
    --------
    >>> from course.reading.yaml_text import read_yaml
    >>> read_yaml(b"a: [007, no, ~]\\nb: {c: 1}", "x.yml", lambda path: path != ("b",))
    {'a': ['007', 'no', '']}
    """
    try:
        return _Reader(data, name, keeps).read()
    except (yaml.YAMLError, ValueError) as error:
        raise CourseError(f"{name} cannot be read: {' '.join(str(error).split())[:200]}; {ALLOWED}") from None


class _Reader:
    """Builds values from the events of a parser: nothing of the file decides how deep Python or C must go."""

    def __init__(self, data, name, keeps):
        self.events, self.name, self.keeps, self.count = yaml.parse(data, Loader=_Quickest), name, keeps, 0

    def read(self):
        """Return the first document, None if there is none."""
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                return self._node(self._next(), (), 0)
        return None

    def _next(self):
        self.count += 1
        event = next(self.events)
        if self.count > MOST:
            self._refuse(event, f"more than {MOST:,} parts")
        return event

    def _refuse(self, event, words):
        raise CourseError(f"{self.name} cannot be read, line {event.start_mark.line + 1}: {words}; {ALLOWED}")

    def _node(self, event, path, depth):
        """Return the value that starts with an event, None if its path is not kept."""
        if depth > DEEPEST:
            self._refuse(event, f"more than {DEEPEST} deep")
        kept = self.keeps(path)
        if isinstance(event, yaml.ScalarEvent):
            return ("" if event.implicit[0] and event.value in NONE else event.value) if kept else None
        if isinstance(event, yaml.AliasEvent):
            return self._refuse(event, f"the alias *{event.anchor[:50]}") if kept else None
        return (self._list if isinstance(event, yaml.SequenceStartEvent) else self._mapping)(path, depth, kept)

    def _list(self, path, depth, kept):
        found = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            value = self._node(event, path, depth + 1)
            found += [value] if kept else []
        return found if kept else None

    def _mapping(self, path, depth, kept):
        found = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._node(event, path, depth + 1)
            if kept and not isinstance(key, str):
                self._refuse(event, "a key that is no text")
            if kept and key in found:
                self._refuse(event, f"{key[:50]!r} a second time")
            below = (*path, key)
            value = self._node(self._next(), below, depth + 1)
            if kept and self.keeps(below):
                found[key] = value
        return found if kept else None
