"""Widgets on modules and backbones."""
