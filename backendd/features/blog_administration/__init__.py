"""Making blogs and deleting them, and who may read and write there."""
