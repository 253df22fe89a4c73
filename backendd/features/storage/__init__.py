"""The state of the database, told to all frontends."""
