"""Labelled passages become a model, and the model gets its numbers."""
