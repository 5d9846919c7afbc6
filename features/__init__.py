"""A passage becomes numbers: words, slots, sparse TF-IDF rows."""
