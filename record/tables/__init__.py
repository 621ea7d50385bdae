"""Rows of the record as tables, out and in again: CSV and XLSX, read whole before anything is written."""
