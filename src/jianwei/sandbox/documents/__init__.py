"""The kinds of documents the province writes."""
