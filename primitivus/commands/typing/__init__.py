"""Commands of the line one types in."""
