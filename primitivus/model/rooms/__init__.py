"""The rooms of an account, and who is in them."""
