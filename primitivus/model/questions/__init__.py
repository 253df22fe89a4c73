"""What waits for an answer of the user."""
