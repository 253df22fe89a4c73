"""What may be shown in a part of the screen: lists, conversations, what was found."""
