"""The rows of views that are lists over all accounts."""
