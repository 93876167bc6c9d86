"""存证: a log that cannot be changed or back-dated unnoticed, kept by the office and checked by others."""
