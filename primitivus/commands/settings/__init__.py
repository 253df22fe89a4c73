"""Commands of settings, and the lines of their view."""
