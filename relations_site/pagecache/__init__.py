"""Finished pages in memory, in front of Django: computed once per change of the record, never stale by one request."""

import datetime

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.utils import timezone

from record import publishing
from relations_site.pagecache import freshness, questions
from relations_site.pagecache.store import Store
from relations_site.pagecache.wsgi import PageCache, tidy_connections


def around(application):
    """The application behind the cache that the settings ask for, or as it is."""
    limit = settings.PAGE_CACHE_MB * 1_000_000
    asked = freshness.of_database(settings.DATABASES["default"]) if limit else None
    if asked is None:
        return application
    return PageCache(application, Store(limit), asked, next_change, [code for code, _name in settings.LANGUAGES], questions.names_at)


def next_change(now):
    """The next moment at which pages change by themselves: a scheduled publication, or midnight, since pages count days.

    Both in seconds since 1970. While the database does not answer that is now: nothing made then is kept.
    """
    here = datetime.datetime.fromtimestamp(now, tz=timezone.get_default_timezone())
    midnight = datetime.datetime.combine(here.date() + datetime.timedelta(days=1), datetime.time(), here.tzinfo)
    moments = [midnight.timestamp()]
    tidy_connections()
    try:
        scheduled = publishing.next_moment(here)
    except (DatabaseError, InterfaceError):
        return now
    if scheduled:
        moments.append(scheduled.timestamp())
    return min(moments)
