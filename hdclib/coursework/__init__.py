"""Checks that a student sees in an assignment: each gives a fact and a question, or prints that the answer is right.

Loaded only where it is imported. One module an assignment: `sizes`, `gridding`, `rules`, `designing`.
"""
