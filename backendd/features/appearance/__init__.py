"""How messages ask to be shown: covered until that is wanted, or with no sign in them a style."""
