"""Share cards: the picture that stands beside a link to a page of the record, in the reader's language."""
