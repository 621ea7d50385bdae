"""The whole public record as files: CSV tables with a datapackage.json, and the same tables as one SQLite file (docs/decisions/0016)."""
