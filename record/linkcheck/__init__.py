"""Whether the addresses of the sources still answer: asked politely, and never of a machine that is not public."""
