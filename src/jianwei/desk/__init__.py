"""The desk: the Django site on which clues are read and decided. The only room that imports Django."""
