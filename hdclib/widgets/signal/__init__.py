"""Widgets on what a stack does to a signal."""
