"""Help, for one command and for the place where one is."""
