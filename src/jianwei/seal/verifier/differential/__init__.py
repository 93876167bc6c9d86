"""Whether the two verifiers and the log's own modules say the same of a bundle, whatever is done to it."""
