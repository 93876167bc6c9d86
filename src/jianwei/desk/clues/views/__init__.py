"""Pages of the clues room: the list, one clue, the parts of a clue's page, and what the shelf and the runs hold."""
