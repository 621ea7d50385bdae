"""The WSGI entry point, for granian and any other server: Django behind the cache of pages."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relations_site.settings")
application = get_wsgi_application()

from relations_site.pagecache import around  # noqa: E402

application = around(application)
