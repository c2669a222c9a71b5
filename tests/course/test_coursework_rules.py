"""The assignment *rules*: usual mistakes get their own hint, and other right ways pass."""

import re
from itertools import product

import coursework_cells as cells
import numpy as np
import pytest
from brute_force import longest_step, reached_by

import hdclib as hdc
from hdclib.coursework import claims
from hdclib.coursework.counted import reads_all

CHAIN = """
chain = [dilations[-1]]
for rate in reversed(dilations[:-1]):
    after = chain[0]
    chain.insert(0, max(after - 2 * rate, 2 * rate - after, rate))
"""
CRITERION = """
run = 1
for dilation in sorted(dilations):
    if dilation > run:
        return False
    run += (kernel_size - 1) * dilation
return True
"""
SURVEY = """
from itertools import combinations_with_replacement
wrong = [[], []]
for stack in map(list, combinations_with_replacement(range(1, largest + 1), layers)):
    accepts = distances(stack)[1] <= kernel_size
    if accepts != hole_free(stack, kernel_size):
        wrong[not accepts].append(stack)
"""
GCD = "from math import gcd\nfrom itertools import combinations\n"
MISTAKES = [
    ("distances", CHAIN + "return chain[::-1]", "In which order"),
    ("distances", "m = [dilations[0]]\nfor r in dilations[1:]:\n    m.append(max(m[-1] - 2 * r, 2 * r - m[-1], r))\n"
     "return m", "Which M is known before any other"),
    ("distances", CHAIN.replace("2 * rate - after, ", "") + "return chain", "if a dilation falls"),
    ("distances", CHAIN.replace("2 * rate - after, rate", "2 * rate - after") + "return chain", "smaller than r_i"),
    ("distances", CHAIN.replace("after - 2 * rate, ", "") + "return chain", "What is M_{i+1} - 2 r_i for 2, 9"),
    ("distances", "pairs = zip(dilations, dilations[1:])\n"
     "return [max(b - 2 * a, 2 * a - b, a) for a, b in pairs] + dilations[-1:]", "where the next distance belongs"),
    ("distances", "return dilations", "These are the dilations"),
    ("distances", "dilations = sorted(dilations)" + CHAIN + "return chain", "You sort the dilations"),
    ("distances", CHAIN.replace("max", "min") + "return chain", "the largest of"),
    ("distances", CHAIN + "return chain[0]", "That is M_1 alone"),
    ("distances", CHAIN + "return chain[1]", "That is M_2 alone"),
    ("distances", "import hdclib\nreturn [s.distance for s in hdclib.distance_chain(dilations)]", "calls hdclib"),
    ("distances", CHAIN.replace("2 * rate", "3 * rate") + "return chain", "the candidates before it are"),
    ("hole_free", GCD + "return gcd(*dilations) == 1", "a common divisor"),
    ("hole_free", GCD + "return all(gcd(*pair) == 1 for pair in combinations(dilations, 2))", "divisors of pairs"),
    ("hole_free", "return 1 in dilations", "is sample 4 read"),
    ("hole_free", "return max(dilations) <= kernel_size", "the largest dilation with"),
    ("hole_free", "return len(dilations) < 2 or distances(dilations)[1] <= kernel_size", "for dilations 2, 2"),
    ("hole_free", "return dilations[0] == 1 and (len(dilations) < 2 or distances(dilations)[1] <= kernel_size)",
     "with r_1 = 1"),
    ("hole_free", "return distances(dilations)[0] == 1", "Does the order change which samples are read"),
    ("hole_free", "return distances(sorted(dilations))[0] == 1", "belongs to kernel size 3"),
    ("hole_free", CRITERION.replace("sorted(dilations)", "dilations"), "the order of the stack"),
    ("hole_free", CRITERION.replace("sorted(dilations)", "sorted(dilations)[::-1]"), "begin with the largest"),
    ("hole_free", CRITERION.replace("dilation > run:", "dilation >= max(run, 2):"), "right behind the last one"),
    ("hole_free", CRITERION.replace("(kernel_size - 1)", "2"), "belongs to kernel size 3"),
    ("hole_free", CRITERION.replace("(kernel_size - 1)", "kernel_size"), "makes k - 1 steps"),
    ("hole_free", CRITERION.replace("True", "1").replace("False", "0"), "True or False is asked for"),
    ("hole_free", "return False", "Which one do you miss"),
    ("hole_free", "return True", "is not read, counted from 0"),
    ("survey", SURVEY + "return wrong[::-1]", "the other way round"),
    ("survey", SURVEY + "return wrong[0]", "Which two lists"),
    ("survey", SURVEY.replace("combinations_with_replacement", "combinations") + "return wrong", "is missing from"),
    ("survey", SURVEY.replace("combinations_with_replacement(range(1, largest + 1), layers)",
     "__import__('itertools').product(range(1, largest + 1), repeat=layers)") + "return wrong", "falls somewhere"),
    ("survey", SURVEY.replace("largest + 1", "largest") + "return wrong", "is missing from"),
    ("survey", SURVEY.replace("<= kernel_size", "< kernel_size") + "return wrong", "is missing from"),
    ("survey", SURVEY + "return wrong[0] + wrong[0], wrong[1]", "stands twice"),
    ("chain", "m2 = distances(numbers['chain'])[0]", "That is M_1"),
    ("chain", "m2 = numbers['chain'][-1]", "That is the last distance, M_4. Which entry of the list is M_2?"),
    ("chain", "m2 = numbers['chain'][1]", "That is r_2"),
    ("chain", "m2 = right\naccepted = 'no'", "Is it True or False"),
    ("chain", "m2 = right\naccepted = right > 3", "What does it say"),
    ("chain", "m2 = right\naccepted = right <= 3\nholes = 0", "does no path reach"),
    ("counterexamples", "accepted_wrongly = [2, 3]", "Can you give 3 dilations"),
    ("counterexamples", "accepted_wrongly = [2, 2, 3]", "What do the dilations sum to"),
    ("counterexamples", "accepted_wrongly = [1, 1, total - 2]", "Does the rule accept that"),
    ("counterexamples", "accepted_wrongly = [10, 10, 7]", "in rising order"),
    ("counterexamples", "accepted_wrongly = good\nrejected_wrongly = good", "Does the rule reject that"),
    ("counterexamples", "accepted_wrongly = good\nrejected_wrongly = [1, 1, total - 2]", "wrong to reject it"),
    ("survey_plot", "survey_ax = plt.subplots()[1]\nsurvey_ax.plot([1, 2], [0, 0])", "has 2 points, not"),
    ("survey_plot", "survey_ax = plt.subplots()[1]\n"
     "survey_ax.plot([len(survey(6, 3, m)[0]) for m in range(1, numbers['largest'] + 1)])", "not"),
    ("survey_plot", "survey_ax = plt.subplots()[1]\nbounds = range(1, numbers['largest'] + 1)\n"
     "survey_ax.plot(bounds, [len(survey(6, 3, m)[1]) for m in bounds])", "its x-axis has no label"),
]  # fmt: skip
KNOWN = {
    "chain": "right = distances(numbers['chain'])[1]\n",
    "counterexamples": "from math import gcd\nkernel_size = numbers['kernel_size']\n"
    "total = numbers['field'] // (kernel_size - 1)\n"
    "good = [s for s in survey(kernel_size, 3, total)[0] if sum(s) == total and gcd(*s) == 1][0]\n",
}
OTHERS = {
    "distances": "if len(dilations) == 1:\n    return list(dilations)\nrest = distances(dilations[1:])\n"
    "return [max(abs(rest[0] - 2 * dilations[0]), dilations[0])] + rest",
    "hole_free": "import numpy as np\nread = np.ones(1, dtype=bool)\nfor d in dilations:\n"
    "    line = np.zeros(len(read) + d * (kernel_size - 1), dtype=bool)\n    for tap in range(kernel_size):\n"
    "        line[d * tap : d * tap + len(read)] |= read\n    read = line\nreturn read.all()",
    "survey": SURVEY + "return tuple(map(tuple, wrong[0][::-1])), wrong[1]",
}


@pytest.mark.parametrize(("grade_id", "code", "hint"), MISTAKES)
def test_a_usual_mistake_gets_its_own_hint(grade_id, code, hint):
    message = str(cells.outcome_of("rules", grade_id, KNOWN.get(grade_id, "") + code))
    assert hint in message
    assert message.count("?") == 1


def test_other_right_ways_pass():
    assert set(cells.run("rules", answers=OTHERS)[1].values()) == {None}


def verdict_hint(letter, verdict, kernel_size=5):
    with pytest.raises(AssertionError) as caught:
        claims.check_verdicts({letter: verdict}, {"claims": [letter], "kernel_size": kernel_size})
    return str(caught.value)


@pytest.mark.parametrize(
    ("letter", "verdict", "hint"),
    [
        ("A", "holds", "has a counterexample"),
        ("C", "fails", "If none does, write 'holds'"),
        ("A", [2, 4], r"Claim A says nothing about [2, 4]: 2 divides all its dilations. What does"),
        ("C", [5, 1], "[5, 1]: it falls somewhere. What does"),
        ("C", [1, 6], "[1, 6]: its M_2 is 6. What does"),
        ("D", [2, 2], "[2, 2]: it has holes. What does"),
        ("D", [3, 1], "[3, 1]: it falls somewhere. What does"),
        ("G", [2, 2], "[2, 2]: it starts with 2. What does"),
        ("A", [1, 2], "is true of"),
        ("F", [1], "is no stack of 2 to 5 layers"),
        ("B", [2, 3], "[2, 3]: it has holes. What does"),
    ],
)
def test_a_wrong_verdict_gets_its_own_hint(letter, verdict, hint):
    message = verdict_hint(letter, verdict)
    assert hint in message
    assert message.count("?") == 1


@pytest.mark.parametrize("kind", [np.array, tuple, list])
def test_a_counterexample_may_be_an_array_of_numpy_in_the_hidden_test_too(kind):
    stacks = {"A": [6, 7], "C": [3, 3], "D": [1, 1, 11], "F": [1, 2]}
    numbers = cells.draw("rules", "public") | {"claims": list(stacks)}
    space, _ = cells.run("rules", numbers, tests=False)
    space["verdicts"] = {letter: kind(stack) for letter, stack in stacks.items()}
    assert cells.graded(cells.tests_that_use_numbers("rules")["test_verdicts"], space) is None
    space["verdicts"]["C"] = "holds"
    assert cells.graded(cells.tests_that_use_numbers("rules")["test_verdicts"], space) is not None


def test_the_example_of_question_1_is_right_and_does_not_look_like_the_dilations():
    (text,) = ["".join(cell["source"]) for cell in cells.notebook("rules")["cells"] if cell["id"] == "text-4"]
    dilations, chain = re.search(r"For dilations ([\d, ]+) they are ([\d, ]+)\.", text).groups()
    steps = hdc.distance_chain([int(rate) for rate in dilations.split(",")])
    assert [int(number) for number in chain.split(",")] == [step.distance for step in steps]
    assert chain != dilations


def test_verdicts_that_are_missing_are_asked_for():
    for verdicts in (None, {}, ["holds"]):
        with pytest.raises(AssertionError, match=r"\?"):
            claims.check_verdicts(verdicts, {"claims": ["A"], "kernel_size": 5})


@pytest.mark.parametrize("kernel_size", range(4, 10))
def test_the_letters_that_the_variants_draw_as_true_cannot_be_refuted_and_the_others_can(kernel_size):
    found = {letter for letter in claims.CLAIMS if not claims.can_be_refuted(letter, kernel_size)}
    assert "".join(sorted(found)) == "BEGHI"


@pytest.mark.parametrize("kernel_size", [2, 3, 5])
def test_the_checks_count_holes_as_enumeration_does(kernel_size):
    for stack in product(range(1, 7), repeat=3):
        ends = reached_by([(kernel_size, rate, 1) for rate in stack])
        assert reads_all(stack, kernel_size) == (longest_step(ends) == 1)
