"""What others say of entries: comments, and that they like them."""
