"""Answers in words, read by a person: what was decided, where it is kept, what it is worth."""
