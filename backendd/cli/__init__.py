"""The `backendd` command line, one file a command."""
