"""Pages of recordings: the list, one of them, what waits, and the page that records."""
