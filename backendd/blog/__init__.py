"""Entries of blogs: Atom, XHTML and Markdown, nothing of the stream."""
