"""Files on their way, and those that are here."""
