"""The door: requests that no page of ours could ever send are answered with a readable 400 before anything reads them."""

from urllib.parse import unquote_to_bytes

from django.shortcuts import render

from record import problems

LONGEST_QUESTION = 4096
MOST_FIELDS = 500


class ReadableRequestMiddleware:
    """Refuses questions over 4 KB or 500 fields, NUL bytes, and text that is not UTF-8."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return refusal(request) if is_unreadable(request) else self.get_response(request)


def is_unreadable(request):
    """Whether the address holds what neither a page nor the database can."""
    query = request.META.get("QUERY_STRING", "")
    if len(query) > LONGEST_QUESTION or query.count("&") > MOST_FIELDS or len(request.path_info) > LONGEST_QUESTION:
        return True
    raw = unquote_to_bytes(query.replace("+", " "))
    if b"\0" in raw or "\0" in request.path_info:
        return True
    try:
        raw.decode()
    except UnicodeDecodeError:
        return True
    return False


def refusal(request):
    """The readable 400, in the form asked for. It never looks at the question again: the page's frame would stumble over it."""
    request.META["QUERY_STRING"] = ""
    if data := problems.unreadable(request.path_info):
        return data
    return render(request, "400.html", status=400)
