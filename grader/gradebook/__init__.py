"""Handing back: marks become the files that Canvas, Moodle and others take."""
