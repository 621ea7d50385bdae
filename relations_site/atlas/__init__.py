"""The map: where things happened, stand and were signed, from the same question as the lists."""
