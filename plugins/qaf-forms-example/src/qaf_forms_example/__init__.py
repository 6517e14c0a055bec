"""A plain-text format for QAF Forms, to learn from."""
