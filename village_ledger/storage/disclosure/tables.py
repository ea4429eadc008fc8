"""Tables of what was published: versions of a sheet, postings on the board, objections."""
