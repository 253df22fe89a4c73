"""Blogs as files: one's own taken elsewhere, and one from elsewhere published here."""
