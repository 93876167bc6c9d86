"""The one search box: full text and facts over matters, clues and documents, never beyond who asks."""
