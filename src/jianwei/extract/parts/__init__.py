"""Parts that documents of all kinds share."""
