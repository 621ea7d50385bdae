"""The record that ships with the project: readable files in `content/`, read, checked whole, then written."""
