"""Rows of the record as works that can be cited: each kind says what it is, when and where, and on which sources it rests."""

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext

from cooperation.models import Agreement, Commitment, Initiative, QuotedFigure, TradeFigure
from cooperation.status import ActionKind
from cooperation.templatetags.cooperation import million, promiser, quantity
from cooperation.trade import words
from cooperation.trade.goods import name_of as goods_name
from events.models import Event
from record import texts
from record.citing import sentences
from record.citing.work import Work, changed_on, originals, record_name, today
from record.models import Source
from record.pair import country_name
from record.templatetags.record import capital


def work_of(row, origin):
    """A public row as a work, in the reader's language. `origin` is the scheme and host of this site."""
    said = _KINDS[type(row)](row)
    own = {"language": texts.reader_language(), "record": record_name(), "version": row.version, "read": today()}
    address = origin + reverse("permanent", kwargs={"number": row.code})
    return Work(code=row.code, address=address, changed=changed_on(row), **{**own, **said})


def as_of(work, day):
    """A work as it stood at the end of a day, which its address and its description name."""
    said = gettext("as of %(date)s") % {"date": sentences.in_text(day.isoformat())}
    return replace(work, address=f"{work.address}?on={day.isoformat()}", described=_phrase(work.described, said))


def is_known(model):
    """Whether rows of a model can be cited."""
    return model in _KINDS


def name_of(row, name):
    """A text of a related row in the reader's language, '' for none."""
    return texts.best(row, name).words if row else ""


def _cited(row):
    return [citation.source for citation in row.citations.all()]


def _phrase(*parts):
    """What is known, set apart by commas."""
    return ", ".join(str(part) for part in parts if part)


def _place(place):
    return _phrase(name_of(place, "name"), country_name(place.country)) if place else ""


def _titled(row):
    title = texts.best(row, "title")
    return {"title": title.words, "language": title.lang or texts.reader_language()}


def _entry(row):
    return _titled(row) | {"keywords": tuple(name_of(topic, "name") for topic in row.topics.all())}


def of_event(row):
    genre = row.get_kind_display()
    when = gettext("reported %(date)s") if row.date_is_of_report else "%(date)s"
    said = when % {"date": sentences.in_text(row.date)} if row.date else ""
    return _entry(row) | {
        "genre": genre,
        "described": _phrase(genre, _place(row.place), said),
        "event": "" if row.date_is_of_report else row.date,
        "place": _place(row.place),
        "originals": originals(_cited(row)),
    }


def of_agreement(row):
    """With its parties, and the day and place of its signature."""
    genre, actions = row.get_form_display(), list(row.actions.all())
    places = list(dict.fromkeys(_place(step.place) for step in actions if step.kind == ActionKind.SIGNED and step.place))
    parties = _phrase(*(party_name(one) for one in row.parties.all()))
    signed = _signed(row, ", ".join(places))
    return _entry(row) | {
        "genre": genre,
        "described": "; ".join(part for part in (f"{genre}: {parties}" if parties else genre, signed) if part),
        "event": row.date,
        "place": "; ".join(places),
        "originals": originals(_cited(row), (source for step in actions for source in step.sources.all())),
    }


def _signed(row, places):
    """When and where, as far as it is known."""
    if not row.date:
        return gettext("signed in %(place)s") % {"place": places} if places else ""
    said = {"date": sentences.in_text(row.date), "place": places}
    return (gettext("signed %(date)s, %(place)s") if places else gettext("signed %(date)s")) % said


def party_name(row):
    """A party by name: a state, a body, or whoever else it is."""
    return country_name(row.country) or name_of(row.organisation, "name") or name_of(row, "name")


def of_initiative(row):
    genre = row.get_kind_display()
    begun = gettext("begun %(date)s") % {"date": sentences.in_text(row.date)} if row.date else ""
    return _entry(row) | {
        "genre": genre,
        "described": _phrase(genre, _place(row.place), begun),
        "event": row.date,
        "place": _place(row.place),
        "originals": originals(_cited(row)),
    }


def of_commitment(row):
    genre = Commitment._meta.verbose_name
    made = gettext("promised %(date)s") % {"date": sentences.in_text(row.made_on)} if row.made_on else ""
    evidence = [source for assessment in row.assessments.all() for source in assessment.sources.all()]
    return _titled(row) | {
        "genre": str(genre),
        "described": _phrase(genre, promiser(row), made),
        "event": row.made_on,
        "originals": originals(_cited(row), evidence),
    }


def of_quotation(row):
    about = name_of(row, "subject") or (row.get_flow_display() if row.flow else row.get_measure_display())
    said = gettext("said %(date)s") % {"date": sentences.in_text(row.said_on)} if row.said_on else ""
    return {
        "title": f"{capital(quantity(row))}: {about}, {words.period(row)}",
        "genre": str(QuotedFigure._meta.verbose_name),
        "described": _phrase(QuotedFigure._meta.verbose_name, words.reporter(row.reporter), name_of(row, "attributed_to"), said),
        "originated": row.said_on,
        "originals": originals(_cited(row)),
        "is_data": True,
    }


def of_statistic(row):
    goods = "" if row.product_code == "TOTAL" else goods_name(row.product_code)
    flow = f"{row.get_flow_display()}, {country_name(row.reporter)} – {country_name(row.partner)}"
    value = gettext("%(currency)s %(value)s million") % {"currency": row.currency, "value": million(row.value)}
    released = gettext("released %(date)s") % {"date": sentences.in_text(row.released_on.isoformat())}
    return {
        "title": f"{value}: {_phrase(flow, goods, words.period(row))}",
        "genre": str(TradeFigure._meta.verbose_name),
        "described": _phrase(TradeFigure._meta.verbose_name, country_name(row.reporter), released),
        "originated": row.released_on.isoformat(),
        "originals": originals([row.source]),
        "is_data": True,
    }


def of_source(row):
    """A source as the record describes it; it rests on itself."""
    return {
        "title": row.title,
        "language": row.language,
        "genre": row.get_kind_display(),
        "described": _phrase(Source._meta.verbose_name, row.get_kind_display()),
        "originated": row.published,
        "originals": originals([row]),
    }


_KINDS = {
    Event: of_event,
    Agreement: of_agreement,
    Initiative: of_initiative,
    Commitment: of_commitment,
    QuotedFigure: of_quotation,
    TradeFigure: of_statistic,
    Source: of_source,
}
