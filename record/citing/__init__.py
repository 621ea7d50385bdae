"""How a row of the record is cited: as sentences, and as files for reference managers, each naming the original sources."""
