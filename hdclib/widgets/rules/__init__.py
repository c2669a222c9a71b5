"""Widgets on the design rules."""
