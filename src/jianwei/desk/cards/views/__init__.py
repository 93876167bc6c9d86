"""Pages of the cards room: uploads and checks, one check's list, one finding."""
