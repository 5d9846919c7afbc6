"""A file becomes a Report: raw text, repairs, blocks, sections, passages."""
