"""The command line: words, what they parse to, and what completes them."""
