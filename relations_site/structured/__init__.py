"""Pages in the vocabulary of schema.org, as JSON-LD: what the record states and nothing else, dates only as precise as known."""
