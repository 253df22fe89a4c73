"""What a user can do: typed coroutines whose docstrings are the help."""
