"""Find the students whom the name of a file means."""

from unicodedata import normalize

from course.reading.table import plain
from course.results.names import ENDS, FIELDS, IN_DOUBT, SUBMITTER
from course.showing import short

#: What Moodle writes in the place of a name while identities are hidden, in several languages, as `plain` has it.
HIDDEN = {"participant", "teilnehmer", "teilnehmerin", "teilnehmerinnen", "participante", "partecipante", "deelnemer",
          "uczestnik", "deltagare", "deltager", "deltaker", "ucastnik", "участник", "参加者", "参与者"}  # fmt: skip
LONGEST_TOLD = 200  # characters of a name that a student chose
LOGINS = ("id", "username", "id_number")


class Roll:
    """The students of a roster by what a platform calls them."""

    def __init__(self, roster):
        self._by = {field: {} for field in (*FIELDS, "participant", "sis_id")}
        self._groups = {}
        self._title = None
        for student in roster:
            for field, known in self._by.items():
                if value := _key(field, getattr(student, field)):
                    known.setdefault(value, []).append(student)
            for group in student.groups:
                self._groups.setdefault(plain(group), []).append(student)

    def find(self, named):
        """Return the students who handed in a file, several if it is a group's, who handed it in first.

        Raises
        ------
        LookupError
            With the reason, if nobody fits or it cannot be told who.
        """
        if named.by == IN_DOUBT:
            raise LookupError(f"its name may be of {named.value}, and the others in the download do not tell; "
                              "collect it together with more, or say how names are read by --pattern")  # fmt: skip
        fitting = self._with_number(named, self._fitting(named))
        if len(fitting) == 1:
            return self._with_group(fitting[0], named)
        may_be_a_group = named.by == "full_name" or (named.by == "id" and not named.platform)
        if not fitting and may_be_a_group and (members := self._groups.get(plain(named.value), [])):
            return members
        many = " and ".join(student.id for student in fitting)
        means = "the end of" if named.by == ENDS else named.by
        words = f"{means} {short(named.value, LONGEST_TOLD)}"
        raise LookupError(f"{words} is {'both ' + many if many else self._nobody(named)}")

    def _fitting(self, named):
        """Return the students that a name can mean, by the surest that it says."""
        if named.by == "full_name" and plain(named.value) in HIDDEN:
            return self._by["participant"].get(named.number, [])
        if named.by == ENDS:
            return self._at_the_end(named.value)
        if named.by == SUBMITTER:
            return self._by_all(named.also or [("full_name", named.value)])
        fields = LOGINS if named.by == "id" else (named.by,)
        for field in fields:
            if _key(field, named.value) in self._by[field]:
                return self._by_all([(field, named.value), *named.also])
        return self._behind_a_group(named.value) if named.by == "full_name" else []

    def _with_number(self, named, fitting):
        """Return those of one name who have the number that stands beside it, all of both if it is another's."""
        numbered = self._by["participant"].get(named.number, fitting) if named.by == "full_name" else fitting
        return [one for one in fitting if one in numbered] or [*fitting, *numbered] if fitting else []

    def _by_all(self, known):
        """Return all students of whom a field has its value, two if fields mean different ones."""
        found = [student for field, value in known for student in self._by[field].get(_key(field, value), [])]
        return list({student.id: student for student in found}.values())

    def learn_title(self, names):
        """Find out which title all these names begin with, where only one leaves the login of somebody for each."""
        titles = [{words[:at] for at in _breaks(words) if self._by_login(words[at + 1 :])} for words in names]
        common = set.intersection(*filter(None, titles)) if any(titles) else ()
        self._title = next(iter(common)) if len(common) == 1 else None

    def _at_the_end(self, words):
        """Return the students whose login stands behind the title, behind any _ while no title is known."""
        starts = [at for at in _breaks(words) if self._title in (None, words[:at])]
        found = {student.id: student for at in starts for student in self._by_login(words[at + 1 :])}
        return list(found.values())

    def _by_login(self, login):
        """Return the students whose login this is, letter by letter but for case."""
        return self._by_all([(field, login) for field in LOGINS])

    def _behind_a_group(self, words):
        """Return the students whose name stands behind that of one of their groups: ``Group A-Jane Doe``."""
        parts, found = words.split("-"), []
        for at in range(1, len(parts)):
            for student in self._by["full_name"].get(plain("-".join(parts[at:])), []):
                if not student.groups or plain("-".join(parts[:at])) in map(plain, student.groups):
                    found.append(student)
        return found

    def _with_group(self, student, named):
        """Return the student, and the members of their group if the platform says that it was the group's."""
        groups = [group for group in map(plain, student.groups) if named.user and group == plain(named.user)]
        members = [one for group in groups for one in self._groups[group] if one != student]
        return [student, *members]

    def _nobody(self, named):
        """Return in words why a name means nobody."""
        if named.by == "full_name" and plain(named.value) in HIDDEN:
            return (f"hidden: show the names in Moodle and download again, or give participant {named.number} "
                    f"a column 'participant' in the roster")  # fmt: skip
        unlike = f"; {named.unlike} writes such names, but most in the download are others" if named.unlike else ""
        return f"nobody on the roster{unlike}"


def _key(field, value):
    """Return a value as it is looked up: names of people without case and accents, all others to the letter but case.

    Who chooses a login or an address can choose one that differs from another by a dot alone.
    """
    return plain(value) if field in ("full_name", "participant") else normalize("NFC", value.strip()).casefold()


def _breaks(words):
    """Return where a login may begin: after each _."""
    return [at for at, letter in enumerate(words) if letter == "_"]
