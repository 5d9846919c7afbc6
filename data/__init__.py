"""What ships: themes, labelled passages, lexicon, places, formulas, example reports, model."""
