"""The language of an answer: that of its address, else what the reader's browser prefers; what machines ask for has none."""

from django.conf import settings
from django.middleware.locale import LocaleMiddleware
from django.utils import translation


def is_for_machines(path):
    """The maps of the site and what programs read by a number: one answer for everybody, whatever language they accept."""
    return (
        path == "/robots.txt" or path.startswith("/sitemap") and path.endswith(".xml") or path.startswith("/r/") and path.endswith(".json")
    )


class LanguageMiddleware(LocaleMiddleware):
    """Django's, which looks at no preference, and says that nothing depends on one, where nothing does."""

    def process_request(self, request):
        if not is_for_machines(request.path_info):
            return super().process_request(request)
        translation.activate(settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = settings.LANGUAGE_CODE

    def process_response(self, request, response):
        is_the_same = is_for_machines(request.path_info) and response.status_code == 200
        return response if is_the_same else super().process_response(request, response)
