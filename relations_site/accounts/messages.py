"""What the desk tells an editor on the next page: in a signed cookie of theirs, and in their session where it is too long for one.

Settings.MESSAGE_STORAGE names this module. A session is written to the database, and every write there ends the pages in memory.
"""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage
from django.core.signing import get_cookie_signer


class OwnCookieStorage(CookieStorage):
    """Named like the site's other cookies, and read in the session that wrote it alone."""

    cookie_name = settings.MESSAGES_COOKIE_NAME

    def _of_this_session(self):
        return get_cookie_signer(salt=f"{self.key_salt}.{self.request.session.session_key}")

    # The library makes one at the start, when whoever logs in has no session yet.
    signer = property(_of_this_session, lambda self, _made: None)


class MessageStorage(FallbackStorage):
    storage_classes = (OwnCookieStorage, SessionStorage)
