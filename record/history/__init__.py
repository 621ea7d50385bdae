"""Versions of the record: what each save wrote, what it changed in words, how one is restored, and what readers are told.

One save is one version (`Revision`): the row, its lists and the rows below it. Code that writes several rows as one act does so
within `version(...)`; whatever is saved outside of it is a version by itself.
"""

from record.history.tracking import once_stored, version

__all__ = ["once_stored", "version"]
