"""Removing what is older than the user wants to keep."""
