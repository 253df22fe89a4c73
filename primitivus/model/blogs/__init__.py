"""Blogs: their entries, what is said of them, and what one is writing."""
