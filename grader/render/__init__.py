"""Renderers: pure functions that turn a report into a page, a record or a table."""
