"""The files that messages bring, and those of ours that messages tell of."""
