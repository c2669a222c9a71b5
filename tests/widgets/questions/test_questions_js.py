"""hdclib/widgets/questions/*.js: answers are judged, counted and kept; without a browser."""

import pytest

from hdclib.widgets import ask_choice, ask_number, ask_prediction, ask_stack, recall_prediction
from hdclib.widgets.questions.sentences import Sentences

NUMBER = {"label": "Side:", "answer": 27, "right": "3 × 3 × 3.", "otherwise": "How many paths?", "hints": {13: "More."}}


def answer(page, name, given):
    """Type an answer; return the lines of the reply and of the worked answer."""
    page.ask("fill", name=name, value=given)
    page.ask("submit")
    return replies(page)


def replies(page):
    told = page.told()
    return told["reply"], told["worked"]


def test_each_answer_gets_its_own_reply_and_the_third_wrong_one_brings_the_worked_one(node_page):
    node_page.show(ask_number(**NUMBER))
    assert answer(node_page, "Side:", "13") == (["✗ Not yet.", "More."], [])
    assert answer(node_page, "Side:", "x")[0][1].startswith("Type a number first")
    assert answer(node_page, "Side:", "")[0][1].startswith("Type a number first")
    assert answer(node_page, "Side:", "20") == (["✗ Not yet.", "How many paths?"], [])
    assert answer(node_page, "Side:", "21") == (["✗ Not yet.", "How many paths?"], ["The answer: 27.", "3 × 3 × 3."])
    assert answer(node_page, "Side:", "27") == (["✓ Right.", "3 × 3 × 3."], [])
    assert node_page.told()["data"]["right"] == "true"


def test_start_again_forgets_the_tries_and_what_was_shown(node_page):
    node_page.show(ask_number(**NUMBER))
    for given in ("1", "2"):
        answer(node_page, "Side:", given)
    node_page.ask("press", name="Start again")
    assert replies(node_page) == ([], []) and "right" not in node_page.told()["data"]
    assert answer(node_page, "Side:", "3")[1] == []
    node_page.ask("press", name="Show the answer")
    assert replies(node_page)[1] == ["The answer: 27.", "3 × 3 × 3."]


@pytest.mark.parametrize("given", ["0.5", "0,5", "1/2", " 2/4 ", "0.503", "0.497"])
def test_a_number_may_be_written_in_any_way_and_is_rounded_as_asked(node_page, given):
    node_page.show(ask_number("Share:", 0.5, right="Half.", otherwise="No.", decimals=2))
    assert answer(node_page, "Share:", given)[0] == ["✓ Right.", "Half."]
    assert answer(node_page, "Share:", "0.52")[0][0] == "✗ Not yet."


def test_a_choice_is_answered_by_the_words_that_are_picked(node_page):
    node_page.show(ask_choice("True is:", {"a": "No.", "b": "Because."}, right="b"))
    node_page.ask("submit")
    assert replies(node_page)[0][1] == "Pick one first."
    node_page.ask("press", name="Show the answer")
    assert replies(node_page)[1] == ["The answer: b.", "Because."]


def test_every_condition_on_a_stack_is_measured_and_all_must_be_met(node_page):
    node_page.show(ask_stack("Three:", [("holes", "=", 0), ("field", ">=", 17)], [1, 2, 5], right="Good.", hint="A 1?"))
    lines, _ = answer(node_page, "Three:", "1, 2, 2")
    assert lines == [
        "✗ Not yet.", "✓ holes along an axis: 0, exactly 0 as asked.",
        "✗ receptive field: 11, but at least 17 is asked.", "A 1?",
    ]  # fmt: skip
    assert answer(node_page, "Three:", "1 2 5")[0][-1] == "Good."
    assert "dilations, with commas" in answer(node_page, "Three:", "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13")[0][1]
    assert "“100” is not a whole number from 1 to 99" in answer(node_page, "Three:", "1, 2, 100")[0][1]
    assert "receptive field" in answer(node_page, "Three:", "1, 2, 99")[0][2]


def test_what_was_answered_is_there_again_and_another_question_has_its_own(node_page):
    node_page.show(ask_number(**NUMBER))
    answer(node_page, "Side:", "13")
    node_page.show(ask_number(**NUMBER), keep=True)
    assert replies(node_page)[0] == ["✗ Not yet.", "More."] and ["Side:", "13"] in node_page.told()["fields"]
    node_page.show(ask_number(**{**NUMBER, "otherwise": "Think."}), keep=True)
    assert replies(node_page)[0] == []


def test_a_prediction_comes_back_beside_its_result_as_a_number_too(node_page):
    node_page.show(recall_prediction({"0.5": "Half, as you said."}, "Not quite.", key="guess"))
    assert node_page.told()["words"] == "You made no prediction at the top. Not quite."
    node_page.show(ask_prediction("How much?", key="guess"))
    node_page.ask("fill", name="How much?", value="words")
    node_page.ask("submit")
    assert "Type a number first" in node_page.told()["words"]
    node_page.ask("fill", name="How much?", value="1/2")
    node_page.ask("submit")
    assert "It comes back beside the result" in node_page.told()["words"]
    assert node_page.ask("heard") == ["hdc-predicted"]
    node_page.show(recall_prediction({"0.5": "Half, as you said."}, "Not quite.", key="guess"), keep=True)
    assert node_page.told()["words"] == "Your prediction: 1/2. Half, as you said."


def test_only_the_first_answers_to_sentences_count(node_page):
    node_page.show(Sentences(sentences=[["3 is odd.", True, "Yes."], ["4 is odd.", False, "No."]]))
    node_page.ask("press", name="False")
    assert replies(node_page)[0] == ["✗ The sentence is true.", "Yes.", "0 of 1 right at the first try."]
    node_page.ask("press", name="True")
    assert replies(node_page)[0][2] == "0 of 1 right at the first try."
    node_page.ask("press", name="Next sentence")
    assert "“4 is odd.”" in node_page.told()["lines"]
    node_page.ask("press", name="False")
    assert replies(node_page)[0] == ["✓ The sentence is false.", "No.", "1 of 2 right at the first try."]
