"""Files on the way in: received on disk, opened in a process of their own with little memory and time, and kept only if they are whole.

`receiving` takes the upload from the request, `checking` hands it to the process of `worker`, `fields` are the fields of models
and forms that store what came back. Nothing that a stranger made is ever decoded by a process that answers requests
(docs/decisions/0023-files-are-opened-elsewhere.md).
"""
