"""One-to-one messages: sending, storing, paging, reading."""
