"""Commands of files that come and go."""
