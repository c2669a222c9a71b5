"""Checks of the assignment *rules*: the recurrence, the truth, surveys, counterexamples."""

from functools import cache
from math import gcd

from hdclib.checks import shown
from hdclib.coursework.counted import distances_of, holes_along, reads_all, rising_stacks, rule_accepts
from hdclib.coursework.fair import NotYet, run_alone
from hdclib.coursework.judging import Slip, expect, judge, plain, whole, wholes
from hdclib.coursework.plots import check_points


def _chain_by(step, dilations):
    """Run a recurrence from the last layer to the first with another step."""
    chain = [dilations[-1]]
    for at in range(len(dilations) - 2, -1, -1):
        chain.insert(0, step(chain[0], dilations[at], dilations[at + 1]))
    return chain


def _from_the_front(dilations):
    chain = dilations[:1]
    for rate in dilations[1:]:
        chain.append(max(chain[-1] - 2 * rate, 2 * rate - chain[-1], rate))
    return chain


DISTANCE_SLIPS = (
    Slip(lambda r: distances_of(r)[::-1], "These are the right numbers from the last layer to the first. "
         "In which order does the docstring want them?"),
    Slip(_from_the_front, "You start at the first layer. Which M is known before any other?"),
    Slip(lambda r: _chain_by(lambda m, d, _: max(m - 2 * d, d), r), "One of the three candidates is missing. "
         "What is M_{i+1} - 2(M_{i+1} - r_i) if a dilation falls, as in 5, 2?"),
    Slip(lambda r: _chain_by(lambda m, d, _: max(m - 2 * d, 2 * d - m), r), "One of the three candidates is missing. "
         "Can M_i be smaller than r_i?"),
    Slip(lambda r: _chain_by(lambda m, d, _: max(2 * d - m, d), r), "One of the three candidates is missing. "
         "What is M_{i+1} - 2 r_i for 2, 9?"),
    Slip(lambda r: _chain_by(lambda m, d, after: max(after - 2 * d, 2 * d - after, d), r),
         "You put in the next dilation where the next distance belongs. Is M_{i+1} always r_{i+1}?"),
    Slip(lambda r: list(r), "These are the dilations. M_i is a distance between samples that are read: "
         "how do the layers above change it?"),
    Slip(lambda r: distances_of(sorted(r)), "You sort the dilations. The recurrence takes them as they come: "
         "which of them is r_1?"),
    Slip(lambda r: _chain_by(lambda m, d, _: min(m - 2 * d, 2 * d - m, d), r), "The recurrence takes the largest of "
         "the three. Which one do you take?"),
    Slip(lambda r: distances_of(r)[0], "That is M_1 alone. Which numbers lead to it?"),
    Slip(lambda r: distances_of(r)[1], "That is M_2 alone. Which numbers are asked for?"),
)  # fmt: skip
CHAINS = (([1, 2, 9],), ([1, 2, 5],), ([2, 4, 8],), ([1, 5, 2],), ([5, 1, 3, 2],), ([7, 3],))


def check_distances(distances):
    """Check ``distances(dilations)``, which returns M_1 to M_n."""

    def fact(dilations, right):
        rate, after = dilations[-2], right[-1]
        candidates = [after - 2 * rate, after - 2 * (after - rate), rate]
        return f"The last distance is {after}, and the candidates before it are {candidates}. Which one is taken?"

    judge("distances", distances, CHAINS, distances_of, DISTANCE_SLIPS, fact)


def check_chain(m2, accepted, holes, numbers):
    """Check question 2: the rule's verdict on ``numbers["chain"]`` for kernel size 3, and the truth."""
    stack = numbers["chain"]
    chain = distances_of(stack)
    where = "Which entry of the list is M_2?"
    hints = {chain[0]: f"That is M_1. {where}", chain[-1]: f"That is the last distance, M_4. {where}"}
    hints |= {stack[1]: "That is r_2, the second dilation. Is M_2 the same?"}
    otherwise = "Which distance does your function give for the second layer?"
    expect("m2", whole("m2", m2, "What is the distance of the second layer?"), chain[1], hints, otherwise)
    if type(plain(accepted)) is not bool:
        raise NotYet(f"accepted is {shown(accepted)}. Is it True or False that M_2 is at most 3?")
    otherwise = "The rule compares M_2 with the kernel size. What does it say?"
    expect("accepted", plain(accepted), chain[1] <= 3, {}, otherwise)
    truth = len(holes_along(stack, 3))
    otherwise = "The field has 1 + 2 (r_1 + ... + r_4) samples. Which of them does no path reach?"
    expect("holes", whole("holes", holes, "How many samples along one axis are not read?"), truth, {}, otherwise)


def _run_filled(order=sorted, factor=None, strict=False):
    """Return the exact criterion with one of its parts changed."""

    def verdict(dilations, kernel_size):
        reach = 1
        for dilation in order(dilations):
            if dilation > reach - (strict and reach > 1):
                return False
            reach += (factor(kernel_size) if factor else kernel_size - 1) * dilation
        return True

    return verdict


def _pairwise(dilations, _):
    return all(gcd(one, other) == 1 for at, one in enumerate(dilations) for other in dilations[:at])


HOLE_SLIPS = (
    Slip(lambda r, k: gcd(*r) == 1, "You ask for a common divisor. Dilations 2, 3 have none: is sample 1 read?"),
    Slip(_pairwise, "You ask for common divisors of pairs. Dilations 2, 3 have none: is sample 1 read?"),
    Slip(lambda r, k: 1 in r, "You ask for a dilation of 1. Dilations 1, 9 have one: is sample 4 read?"),
    Slip(lambda r, k: max(r) <= k, "You compare the largest dilation with the kernel size. "
         "How long is the run that dilations 1, 2 fill together?"),
    Slip(lambda r, k: len(r) < 2 or rule_accepts(r, k), "That is the rule M_2 <= K. Does it agree with counting for "
         "dilations 2, 2?"),
    Slip(lambda r, k: r[0] == 1 and (len(r) < 2 or rule_accepts(r, k)), "That is the rule M_2 <= K with r_1 = 1. "
         "Does it agree with counting for dilations 5, 1, 2 and for other kernel sizes than 3?"),
    Slip(lambda r, k: distances_of(r)[0] == 1, "That is M_1 = 1, and the order of the layers changes it. "
         "Does the order change which samples are read?"),
    Slip(_run_filled(order=list), "You take the layers in the order of the stack. "
         "Does the order change which samples are read?"),
    Slip(_run_filled(order=lambda r: sorted(r, reverse=True)), "You begin with the largest dilation. "
         "Which layer fills a run by itself?"),
    Slip(_run_filled(strict=True), "A copy that begins right behind the last one leaves no hole. "
         "Is a dilation allowed to equal the length of the run?"),
    Slip(_run_filled(factor=lambda k: 2), "A factor of 2 belongs to kernel size 3. "
         "By how many dilations does a layer of kernel size k lengthen the run?"),
    Slip(_run_filled(factor=lambda k: k), "A layer of k taps makes k - 1 steps. How long is the run that one ordinary "
         "layer of size 3 fills?"),
)  # fmt: skip
HOLE_CASES = (
    ([1, 2, 5], 3), ([2, 2, 2], 3), ([2, 3], 3), ([1, 2, 9], 3), ([5, 1, 2], 3), ([1, 3, 9], 3), ([1, 1, 8], 5),
    ([1, 1, 4], 2), ([1, 5, 25], 5), ([1, 4], 4), ([1, 3], 2), ([4, 1], 3), ([1, 6], 5), ([2, 1, 5], 4), ([2], 3),
    ([1, 1], 3), ([1, 9], 3),
)  # fmt: skip


def check_hole_free(hole_free):
    """Check ``hole_free(dilations, kernel_size)``."""

    def fact(dilations, kernel_size, right):
        if right:
            return "Each sample of the field is a sum of steps, some steps from each layer. Which one do you miss?"
        first = holes_along(dilations, kernel_size)[0]
        return f"Sample {first} of the field is not read, counted from 0. Which dilations would have to reach it?"

    judge("hole_free", hole_free, HOLE_CASES, reads_all, HOLE_SLIPS, fact)


@cache
def misjudged(kernel_size, layers, largest):
    """Return the rising stacks that M_2 <= K accepts with holes, and those that it rejects without."""
    wrong = {True: [], False: []}
    for stack in rising_stacks(layers, largest):
        accepted = rule_accepts(stack, kernel_size)
        if accepted != reads_all(stack, kernel_size):
            wrong[accepted].append(stack)
    return wrong[True], wrong[False]


def check_survey(survey):
    """Check ``survey(kernel_size, layers, largest)``, which returns two lists of stacks in any order."""
    for case in (3, 2, 5), (3, 3, 5), (5, 3, 10), (2, 3, 6):
        result = plain(run_alone("survey", survey, *case))
        call = f"survey{case}"
        if not isinstance(result, list) or len(result) != 2 or not all(isinstance(part, list) for part in result):
            raise NotYet(f"{call} gives {shown(result)}. Which two lists of stacks should it return?")
        found, right = [sorted(part) for part in result], misjudged(*case)
        if found == [right[1], right[0]] and right[0] != right[1]:
            raise NotYet(f"{call} gives both lists, the other way round. Which one does the docstring name first?")
        for part, expected, kind in zip(found, right, ("false acceptances", "false rejections"), strict=True):
            _compare_stacks(call, part, expected, kind, case)
    print("survey: right in all 4 cases of this check.")


def _compare_stacks(call, found, right, kind, case):
    """Name one stack that is missing, or that does not belong."""
    if found == right:
        return
    missing = [stack for stack in right if stack not in found]
    extra = [stack for stack in found if stack not in right]
    stack, what = (missing[0], "is missing from") if missing else ((extra or found)[0], "should not be among")
    if not missing and not extra:
        raise NotYet(f"{call}: {stack} stands twice among the {kind}. Which stacks do you try twice?")
    if stack != sorted(stack):
        raise NotYet(f"{call}: {stack} falls somewhere, and rising stacks are asked for. Which stacks do you try?")
    m2, full = distances_of(stack)[1], reads_all(stack, case[0])
    raise NotYet(f"{call}: {stack} {what} the {kind}. M_2: {m2}, no holes: {full}. What do you say about it?")


def check_counterexamples(accepted_wrongly, rejected_wrongly, numbers):
    """Check question 5: one stack for each kind of mistake."""
    stack = _fitting("accepted_wrongly", accepted_wrongly, numbers)
    if not rule_accepts(stack, numbers["kernel_size"]):
        raise NotYet(f"accepted_wrongly = {stack} has M_2 = {distances_of(stack)[1]}. Does the rule accept that?")
    if reads_all(stack, numbers["kernel_size"]):
        raise NotYet(f"accepted_wrongly = {stack} has no hole, so the rule is right. Which first dilation makes holes?")
    if gcd(*stack) > 1:
        raise NotYet(f"All of accepted_wrongly = {stack} are multiples of {gcd(*stack)}. Which one can you change?")
    print("accepted_wrongly: right.")
    stack = _fitting("rejected_wrongly", rejected_wrongly, numbers)
    if rule_accepts(stack, numbers["kernel_size"]):
        raise NotYet(f"rejected_wrongly = {stack} has M_2 = {distances_of(stack)[1]}. Does the rule reject that?")
    if not reads_all(stack, numbers["kernel_size"]):
        first = holes_along(stack, numbers["kernel_size"])[0]
        raise NotYet(f"rejected_wrongly = {stack} has a hole at sample {first}. Is the rule wrong to reject it?")
    print("rejected_wrongly: right.")


def _fitting(name, value, numbers):
    """Return a rising stack of the depth and field asked for, or say what is different."""
    stack = wholes(name, value, "Which stack did your survey find?")
    if len(stack) != numbers["layers"] or min(stack) < 1 or stack != sorted(stack):
        raise NotYet(f"{name} = {stack}. Can you give {numbers['layers']} dilations of at least 1 in rising order?")
    field = 1 + (numbers["kernel_size"] - 1) * sum(stack)
    if field != numbers["field"]:
        raise NotYet(f"{name} = {stack} has a field of {field}, not {numbers['field']}. What do the dilations sum to?")
    return stack


def check_survey_plot(survey_ax, numbers):
    """Check the plot of the false rejections over the largest dilation that is allowed."""
    rejected = misjudged(numbers["kernel_size"], numbers["layers"], numbers["largest"])[1]
    points = {bound: sum(max(stack) <= bound for stack in rejected) for bound in range(1, numbers["largest"] + 1)}
    check_points("survey_ax", survey_ax, points, "the number of false rejections for each bound from 1 on")
