"""Coursework: release, collect, grade in a sandbox, give feedback, export. See docs/teaching.md."""
