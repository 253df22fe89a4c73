"""The accounts, and the link to the backend that keeps them."""
