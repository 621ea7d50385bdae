"""Uploads as they arrive: straight to disk, and no further than anybody could need.

The rest of a body that is too long is read and forgotten, so that the form can say so; what is kept of it is nothing at all,
lest half a file be taken for a whole one. Whoever has no session writes nothing to the disk.
"""

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class ToDisk(TemporaryFileUploadHandler):
    """Keeps a file up to UPLOAD_MOST_MB; of a longer one only its size, so that the form refuses it in words."""

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        has_session = settings.SESSION_COOKIE_NAME in self.request.COOKIES
        self._room = settings.UPLOAD_MOST_MB * 1024 * 1024 if has_session else 0

    def receive_data_chunk(self, raw_data, start):
        if self._room >= 0:
            self._room -= len(raw_data)
        if self._room >= 0:
            super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size):
        if self._room < 0:
            self.file.seek(0)
            self.file.truncate()
        return super().file_complete(file_size)
