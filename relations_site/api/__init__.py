"""The documented read-only interface, /api/v1/: the lists' own questions and columns, paged by cursor (docs/decisions/0015)."""
