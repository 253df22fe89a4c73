"""The interface of files on their way."""
