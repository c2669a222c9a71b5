"""The list of students: one's own table, or the one that Canvas or Moodle exports, in the languages that they speak."""

import re
from dataclasses import dataclass

from course.layout import CourseError
from course.reading.table import plain, read_table

#: Column of the roster → the heads that mean it, as `plain` has them: our own, Canvas's, Moodle's in several languages.
HEADS = {
    "id": ("id",),
    "username": ("username", "sisloginid", "login", "anmeldename", "benutzername", "nomdutilisateur",
                 "nombredeusuario", "gebruikersnaam", "nomedeutilizador", "nomedeusuario", "nazwauzytkownika",
                 "anvandarnamn", "brugernavn", "brukernavn", "uzivatelskejmeno", "логин", "用户名", "ユーザ名"),
    "id_number": ("idnumber", "studentid", "studentnumber", "idnummer", "matrikelnummer", "numerodidentification",
                  "numerodetudiant", "numerodeid", "matricula", "codiceidentificativo", "numeroid", "matricola",
                  "numerodeidentificacao", "numerid", "identifikacnicislo", "学号", "id号", "idナンバー"),
    "first_name": ("firstname", "givenname", "vorname", "prenom", "nombre", "nombres", "nome", "nomeproprio",
                   "voornaam", "imie", "fornamn", "fornavn", "jmeno", "имя", "名"),
    "last_name": ("lastname", "surname", "familyname", "nachname", "nomdefamille", "nom", "apellidos", "apellido",
                  "cognome", "achternaam", "apelido", "apelidos", "sobrenome", "nazwisko", "efternamn", "efternavn",
                  "etternavn", "prijmeni", "фамилия", "姓"),
    "full_name": ("fullname", "student", "name", "vollstandigername", "nomcomplet", "nombrecompleto", "nomecompleto",
                  "volledigenaam", "etudiant", "estudiante", "studente", "studierende"),
    "email": ("email", "emailaddress", "mail", "emailadresse", "adressedecourriel", "adresseelectronique", "courriel",
              "direcciondecorreo", "direcciondecorreoelectronico", "correoelectronico", "direccionemail",
              "indirizzoemail", "emailadres", "enderecodeemail", "enderecodecorreioeletronico", "adresemail",
              "epostadress", "epostadresse", "emailovaadresa", "адресэлектроннойпочты", "邮件地址", "メールアドレス"),
    "lms_id": ("lmsid",),
    "sis_id": ("sisid", "sisuserid"),
    "section": ("section",),
    "group": ("group", "groups", "gruppe", "gruppen", "groupe", "groupes", "grupo", "grupos", "gruppo", "gruppi",
              "groep", "groepen", "grupa", "grupy"),
    "participant": ("participant", "identifier", "identifikator", "identifiant", "identificador", "identificativo"),
}  # fmt: skip
KNOWN = {head for heads in HEADS.values() for head in heads}
NAMES_SOMEBODY = ("id", "username", "id_number", "sis_id", "lms_id", "email")
SAFE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.@-]*")
LONGEST_ID = 128  # characters; a folder's name may have 255
APART = re.compile(r"(?<=[A-Za-z0-9])[/+](?=[A-Za-z0-9])")  # what no folder's name may hold, or a platform's may not
SHORTENED = re.compile(r"\d+([.,]\d+)?E\+\d+", re.IGNORECASE)
MOST_TOLD = 10  # faults of a roster in one message
COLUMNS = "id, first_name, last_name, email, lms_id"


def is_safe(name):
    """Tell whether a name can be the name of a student's folder."""
    return SAFE_ID.fullmatch(name) is not None and len(name) <= LONGEST_ID


@dataclass(frozen=True)
class Student:
    """One line of the roster; `id` names the student's folders, `lms_id` is the number that Canvas knows.

    The names by which a platform knows a student are kept as they stand in its table.
    """

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_id: str = ""
    sis_id: str = ""
    section: str = ""
    username: str = ""  # Canvas: SIS Login ID
    id_number: str = ""
    group: str = ""  # several are separated by commas
    participant: str = ""  # the number that Moodle gives a student in one assignment

    @property
    def full_name(self):
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def groups(self):
        """The groups that the student is in."""
        return [name.strip() for name in re.split("[,;|]", self.group) if name.strip()]


class Fault(Exception):
    """What is wrong with a cell of the roster: its column and the cause."""


def read_roster(path):
    """Return the students listed in the table `path`, in its order.

    Raises
    ------
    CourseError
        One message for all that cannot be read without doubt: row, column and cause of each.
    """
    if not path.exists():
        raise CourseError(f"{path} is missing: a CSV file with the columns {COLUMNS}")
    heads, rows = read_table(path, KNOWN)
    columns = _columns(heads)
    if not set(columns) & set(NAMES_SOMEBODY):
        raise CourseError(f"{path}, row 1: no heading names a student; it reads {', '.join(heads)}, "
                          f"and one of id, Username, ID number, Email address, SIS Login ID is needed")  # fmt: skip
    students, faults, lines = [], [], {}
    for number, row in rows:
        try:
            student = _student({name: [row[at] for at in places] for name, places in columns.items()}, columns)
        except Fault as fault:
            column, cause = fault.args
            faults.append(f"row {number}, column {', '.join(heads[at] for at in columns[column])}: {cause}")
            continue
        if student:
            students.append(student)
            lines.setdefault(student.id.lower(), []).append(number)
    if twice := {name: found for name, found in lines.items() if len(found) > 1}:
        where = "; ".join(f"rows {', '.join(map(str, found))}" for found in twice.values())
        faults.append(f"{', '.join(sorted(twice))} are listed more than once (in lower case): {where}")
    if faults:
        more = [f"and {len(faults) - MOST_TOLD} more"] if len(faults) > MOST_TOLD else []
        raise CourseError(f"{path}: " + "\n  ".join(faults[:MOST_TOLD] + more))
    return students


def _columns(heads):
    """Return where the columns are that each part of a Student stands in, the best first."""
    given, found = [plain(head) for head in heads], {}
    for name, known in HEADS.items():
        found[name] = [given.index(head) for head in known if head in given]
    is_canvas = {"sisloginid", "sisuserid"} & set(given) or ("student" in given and not found["first_name"])
    if is_canvas and found["id"]:  # its own number stands under ID
        found["lms_id"], found["id"] = found["id"], []
    if found["first_name"] and not found["last_name"]:  # then a "Name" is the last one
        found["last_name"], found["full_name"] = found["full_name"], []
    return {name: places for name, places in found.items() if places}


def _student(cells, columns):
    """Return the student that a row describes, None if it describes nobody; raise Fault if that is in doubt."""
    found = {name: next(filter(None, values), "") for name, values in cells.items()}
    if _is_note(found):
        return None
    full = found.pop("full_name", "")
    if full and not found.get("last_name"):
        last, comma, first = full.partition(",")
        found["first_name"], found["last_name"] = (first.strip(), last.strip()) if comma else _split(full)
    if "participant" in found:
        found["participant"] = re.sub(r".*?(\d*)$", r"\1", found["participant"])
    found["id"] = _folder_name(found, [name for name in NAMES_SOMEBODY if name in columns])
    if "id" in columns and not {"username", "id_number"} & set(columns):
        found["username"] = found["id_number"] = cells["id"][0]
    return Student(**found)


def _is_note(found):
    """Tell whether a row is one of Canvas's own, its test student, or names nobody."""
    full = found.get("full_name", "")
    names = [found.get(name) for name in (*NAMES_SOMEBODY, "first_name", "last_name")]
    is_canvas = "lms_id" in found and "id" not in found
    return full.startswith(("Points Possible", "Student, Test")) or not any([*names, full if not is_canvas else ""])


def _folder_name(found, columns):
    """Return the first of the columns that names a student, as the name of a folder."""
    name = next((name for name in columns if found.get(name)), columns[0])
    given = found.get(name, "")
    value = APART.sub("-", given.partition("@")[0] if name == "email" else given)
    if SHORTENED.fullmatch(given):
        raise Fault(name, f"a spreadsheet has shortened a number to {given!r}; format the column as text")
    if not is_safe(value):
        raise Fault(name, "id must be made of letters, digits, dot, dash, underscore or @, "
                          f"at most {LONGEST_ID}, got {given!r}")  # fmt: skip
    return value


def _split(full):
    """Return first and last name of a full name."""
    first, _, last = full.rpartition(" ")
    return first, last
