"""Put points and comments on a student's page, counted as the tables count them."""

from nbgrader.api import Gradebook
from nbgrader.preprocessors import GetGrades

from course.results.rubric import ITEM, question_of
from course.results.standing import questions_of, total_of

WAITS = "This answer waits to be read; until then it counts 0."


class CountedGrades(GetGrades):
    """nbgrader's step, but a question that waits for a human has no points: those of an earlier answer do not count."""

    def preprocess(self, nb, resources):
        """Return the notebook with points and comments, and the resources with the sum of the points."""
        about = resources["nbgrader"]
        with Gradebook(about["db_url"]) as book:
            self.questions = questions_of(book.find_submission(about["assignment"], about["student"]))
        nb, resources = super().preprocess(nb, resources)
        resources["nbgrader"]["score"] = total_of(self.questions) - resources["nbgrader"]["late_penalty"]
        return nb, resources

    def preprocess_cell(self, cell, resources, cell_index):
        """Return a cell with its points and comment, and the resources."""
        cell, resources = super().preprocess_cell(cell, resources, cell_index)
        known = cell.metadata.get("nbgrader", {})
        question = self.questions.get(question_of(known.get("grade_id", "")))
        if question and question.is_open:
            known.update(score=0.0)
            if known.get("solution") and ITEM not in cell.metadata:
                known["comment"] = "\n\n".join(filter(None, [WAITS, known.get("comment")]))
        return cell, resources
