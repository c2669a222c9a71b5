"""Let the members of a group share what one of them handed in, in the place of nothing newer of their own."""

from course.history import contents, is_by_hand, is_mended, lay_aside
from course.placing import Unclear, refuse_older
from course.receipts import TAKEN, TAKING, holder, path_of, read_receipt, write_receipt


def share_all(course, name, members, alone, taken):
    """Let members of groups share what was taken of those who handed it in.

    Parameters
    ----------
    course : Course
    name : str
        The assignment's.
    members : dict of str to set of str
        Member → who handed in for them.
    alone : collection of str
        Those of whom the download holds something of their own.
    taken : collection of str
        Those whose submission was taken.

    Returns
    -------
    shared : dict
        Member → what they share, in words.
    unclear : list of str
        The members who share nothing of what was taken, with the reason.
    """
    shared, unclear = {}, []
    for member, firsts in members.items():
        if not firsts & set(taken):
            continue
        try:
            first = _only(firsts, member in alone)
            fellows = {one for one, others in members.items() if first in others}
            _refuse_another(course, name, member, {first, *fellows})
            shared[member] = share(course, name, member, first)
        except Unclear as reason:
            unclear.append(f"{member}: shares nothing of {' and '.join(sorted(firsts))}: {reason}")
    return shared, unclear


def _only(firsts, is_alone):
    """Return the one who handed in for a member, who did not hand in alone."""
    if is_alone:
        raise Unclear("the download holds another submission of theirs, too")
    if len(firsts) > 1:
        raise Unclear("they are in the groups of both")
    return next(iter(firsts))


def _refuse_another(course, name, member, group):
    """Refuse a submission of this group for who shares that of another."""
    before = holder(course, member, name)
    if before not in (member, *group):
        raise Unclear(f"they share the submission of {before}, of another group; "
                      f"remove {path_of(course, member, name)} to share this one")  # fmt: skip


def share(course, name, member, first):
    """Let a member of a group share what the group handed in; return it in words."""
    receipt, given, folder = (
        read_receipt(course, member, name), read_receipt(course, first, name), course.submitted(member, name)
    )  # fmt: skip
    refuse_older(receipt, given, folder)
    by_hand = is_mended(receipt, contents(folder)) or is_by_hand(receipt, contents(folder))
    write_receipt(course, member, name, TAKING)
    aside = lay_aside(course, member, name)
    whose = "a file that was put or mended by hand" if by_hand else "what they handed in alone"
    words = f"the submission of {first} took the place of {whose}; that is in {aside}" if aside else ""
    write_receipt(course, member, name, TAKEN, **{"with": first}, **({"replaced": words} if by_hand else {}))
    return f"shares the submission of {first}{f'; {words}' if words else ''}"
