"""The party outside: it signs a checkpoint only when the log has grown since the last one it signed, and never goes back."""
