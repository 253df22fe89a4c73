"""Commands of accounts, profiles and the backend."""
