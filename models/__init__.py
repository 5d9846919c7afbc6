"""Rows become findings: themes, similar passages, aligned spans, templates, shares."""
