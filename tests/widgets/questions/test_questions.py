"""Questions: tries are counted, the worked answer is shown, and what was answered stays in the browser."""

import pytest
import traitlets

from hdclib.widgets import ask_choice, ask_number, ask_prediction, ask_sentences, ask_stack, recall_prediction

NUMBER = {"label": "Side:", "answer": 27, "right": "3 × 3 × 3.", "otherwise": "How many paths?", "hints": {13: "More."}}


@pytest.fixture
def page(stage):
    stage.page.evaluate("localStorage.clear()")
    yield stage.page
    stage.page.evaluate("localStorage.clear()")


def answer(page, given):
    page.locator("input").fill(given)
    page.locator("input").press("Enter")


def said(page, part=".hdc-reply"):
    return page.locator(part).inner_text()


def button(page, words):
    return page.get_by_role("button", name=words)


def test_three_wrong_answers_bring_the_worked_one(stage, page):
    stage.show(ask_number(**NUMBER))
    for given, words in (("13", "More."), ("x", "Type a number first"), ("20", "How many paths?")):
        answer(page, given)
        assert words in said(page) and said(page, ".hdc-worked") == ""
    answer(page, "21")
    assert "The answer: 27." in said(page, ".hdc-worked") and "3 × 3 × 3." in said(page, ".hdc-worked")
    assert not button(page, "Show the answer").is_visible()


def test_the_worked_answer_comes_on_request_and_start_again_hides_it(stage, page):
    stage.show(ask_choice("True is:", {"a": "No.", "b": "Because."}, right="b"))
    button(page, "Show the answer").press("Enter")
    assert said(page, ".hdc-worked").split("\n") == ["The answer: b.", "", "Because."]
    button(page, "Start again").press("Enter")
    assert said(page, ".hdc-worked") == "" and button(page, "Show the answer").is_visible()
    assert page.evaluate("localStorage.length") == 0


def test_a_stack_question_measures_its_worked_answer(stage, page):
    stage.show(ask_stack("Three:", [("holes", "=", 0), ("field", ">=", 17)], [1, 2, 5], right="Good.", hint="A 1?"))
    answer(page, "2, 2, 2")
    assert "✗ holes along an axis: 6" in said(page) and "A 1?" in said(page)
    button(page, "Show the answer").press("Enter")
    worked = said(page, ".hdc-worked")
    assert "One answer: 1, 2, 5." in worked and "✓ receptive field: 17" in worked and "Good." in worked


@pytest.mark.parametrize("given", ["13", "27"])
def test_an_answer_is_there_again_on_the_next_visit(stage, page, given):
    stage.show(ask_number(**NUMBER))
    answer(page, given)
    before = said(page)
    stage.show(ask_number(**NUMBER))
    assert page.locator("input").input_value() == given and said(page) == before
    stage.show(ask_number(**NUMBER | {"otherwise": "Another question."}))
    assert page.locator("input").input_value() == "" and said(page) == ""


def test_a_right_answer_needs_no_worked_one(stage, page):
    stage.show(ask_number(**NUMBER))
    answer(page, "27")
    assert "✓ Right." in said(page) and not button(page, "Show the answer").is_visible()
    answer(page, "x")
    stage.show(ask_number(**NUMBER))
    assert "✓ Right." in said(page)


def test_what_is_no_state_of_ours_is_left_aside(stage, page):
    stage.show(ask_number(**NUMBER))
    answer(page, "13")
    page.evaluate("localStorage.setItem(localStorage.key(0), '{')")
    stage.show(ask_number(**NUMBER))
    assert said(page) == ""


def test_a_guess_is_kept_without_a_verdict_and_comes_back(stage, page):
    outcome = recall_prediction({27: "That is it."}, otherwise="Not quite.")
    stage.show(outcome)
    assert page.locator(".hdc-outcome").inner_text() == "You made no prediction at the top. Not quite."
    for given, words in (("27", "That is it."), ("27.0", "That is it."), ("13", "Not quite.")):
        stage.show(ask_prediction("How wide?"))
        answer(page, given)
        assert said(page) == "Kept in this browser. It comes back beside the result."
        stage.show(ask_prediction("How wide?"))
        assert page.locator("input").input_value() == given
        stage.show(outcome)
        assert page.locator(".hdc-outcome").inner_text() == f"Your prediction: {given}. {words}"


def test_a_guess_may_be_picked_and_nothing_is_kept_of_none(stage, page):
    stage.show(ask_prediction("Holes?", ["more", "none"]))
    button(page, "Keep my guess").press("Enter")
    assert said(page) == "Pick one first." and page.evaluate("localStorage.length") == 0
    page.get_by_role("radio", name="none").check()
    button(page, "Keep my guess").press("Enter")
    stage.show(recall_prediction({"none": "Right."}, otherwise="No."))
    assert page.locator(".hdc-outcome").inner_text() == "Your prediction: none. Right."


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: ask_prediction(3), r"^label must be a text, got 3$"),
        (lambda: ask_prediction("How?", ["yes", 1]), r"^options\[1\] must be a text, got 1$"),
        (lambda: recall_prediction(["a"], otherwise="No."), r"^replies must be a dict of texts"),
        (lambda: recall_prediction({1: 2}, otherwise="No."), r"^replies\[1\] must be a text, got 2$"),
        (lambda: recall_prediction({}, otherwise=None), r"^otherwise must be a text, got None$"),
    ],
)
def test_a_bad_prediction_is_refused_by_name(make, words):
    with pytest.raises((TypeError, traitlets.TraitError), match=words):
        make()


SENTENCES = ("Two is odd.", False, "It is 2 · 1."), ("Three is odd.", True, "It is 2 · 1 + 1.")


def test_sentences_are_judged_one_after_the_other_and_the_first_answers_are_counted(stage, page):
    stage.show(ask_sentences(SENTENCES))
    assert said(page, ".hdc-sentence") == "“Two is odd.”" and not page.locator(".hdc-reply").is_visible()
    button(page, "True").press("Enter")
    assert said(page).split("\n\n") == ["✗ The sentence is false.", "It is 2 · 1.", "0 of 1 right at the first try."]
    button(page, "False").press("Enter")
    assert said(page).split("\n\n") == ["✓ The sentence is false.", "It is 2 · 1.", "0 of 1 right at the first try."]
    button(page, "Next sentence").press("Enter")
    assert said(page, ".hdc-sentence") == "“Three is odd.”" and stage.ask("state", "turn") == 2
    button(page, "True").press("Enter")
    assert said(page).split("\n\n") == ["✓ The sentence is true.", "It is 2 · 1 + 1.", "1 of 2 right at the first try."]
    button(page, "Next sentence").press("Enter")
    assert said(page, ".hdc-sentence") == "“Two is odd.”"
    button(page, "Reset").press("Enter")
    button(page, "False").press("Enter")
    assert "1 of 1 right" in said(page)


@pytest.mark.parametrize("given", ["Two.", ("Two.", False), ("Two.", 0, "Why."), (2, False, "Why.")])
def test_what_is_no_sentence_with_a_verdict_is_refused_by_its_place(given):
    with pytest.raises(TypeError, match=r"^sentences\[1\]"):
        ask_sentences([SENTENCES[0], given])
    with pytest.raises(traitlets.TraitError, match="'sentences'"):
        ask_sentences([])
