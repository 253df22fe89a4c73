"""What lies over the panes: lists to choose from, texts, forms."""
