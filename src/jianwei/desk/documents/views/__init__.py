"""Pages of the documents room: the list, the register, writing, one document, and what follows its issue."""
