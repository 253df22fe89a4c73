"""Posts, comments, and lists of them."""
