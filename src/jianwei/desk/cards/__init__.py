"""Case cards: upload, contradictions, accepted exceptions, commented copies."""
