"""A question put to a list: what was asked, how it is repeated in an address, how it was understood."""

from django.http import QueryDict

from record.dates import Span


def asked(data):
    """The question without its empty parts: a form that is sent as it stands asks nothing."""
    if data is None:
        return None
    said = QueryDict(mutable=True)
    for name, values in data.lists():
        if given := [value for value in values if value.strip()]:
            said.setlist(name, given)
    return said


def address(path, listing, **changed):
    """An address with exactly the present question; its page is named only if it is given."""
    question = listing.data.copy() if listing.data else QueryDict(mutable=True)
    for name in ("page", *set(question) - set(listing.form.fields)):
        question.pop(name, None)
    for name, value in changed.items():
        question[name] = value
    query = question.urlencode()
    return f"{path}?{query}" if query else path


def understood(listing):
    """What an answerable question was taken to ask: {name: values}, its order and switches with what holds unasked."""
    said = {name: _plain(value) for name, value in listing.form.cleaned_data.items() if value not in (None, "", [])}
    said.setdefault("sort", next(iter(listing.ORDERS)))
    for name, (_label, choices) in listing.SWITCHES.items():
        said.setdefault(name, choices[0][0])
    return said


def _plain(value):
    return value.start if isinstance(value, Span) else value


def kept(request, path, *names):
    """An address with those parts of a request's question that it understands."""
    question = QueryDict(mutable=True)
    for name in names:
        if value := request.GET.get(name):
            question[name] = value[:20]
    return f"{path}?{question.urlencode()}" if question else path
