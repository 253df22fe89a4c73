"""Deleting what was said in a conversation, here and for good."""
