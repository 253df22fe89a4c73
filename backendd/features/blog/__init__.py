"""Blogs: reading what is written there, and following them."""
