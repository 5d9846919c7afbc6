"""Themes, similar passages and boilerplate in Chinese court work reports."""
