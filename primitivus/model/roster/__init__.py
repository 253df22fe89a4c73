"""The contacts of an account, and the order in which they stand."""
