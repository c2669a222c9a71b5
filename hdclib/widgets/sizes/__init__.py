"""Widgets on output sizes and windows."""
