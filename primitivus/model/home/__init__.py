"""What waits for the user, row by row: each feature has a module here, listed in `sources`."""
