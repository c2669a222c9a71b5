"""Widgets on what one output reads."""
