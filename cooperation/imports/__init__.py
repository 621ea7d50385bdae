"""Files of trade statistics: read and checked row by row, compared with the record, then written in one transaction.

Files and terms → `reader` (observations, and what is wrong with the others) → `stage` (compared with what is stored) →
`carry_out` (one short transaction). The layouts are described in docs/trade-import.md.
"""
