"""Pages of the evidence room: the list, fixing, one material, checking, hearings, and the log."""
