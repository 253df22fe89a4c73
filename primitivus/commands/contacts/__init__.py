"""Commands of contacts, and of who else there is."""
