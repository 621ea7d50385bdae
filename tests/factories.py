"""Rows for tests: small, valid, and publishable unless a test says otherwise."""

import factory
from django.utils import timezone

from cooperation.derived import refresh_agreement
from cooperation.models import Agreement, Commitment, GapCause, Initiative, Party, QuotedFigure, TradeFigure
from events.models import Event
from record import confirmation, publishing
from record.models import Organisation, Person, Place, Series, Source, Topic


class NamedFactory(factory.django.DjangoModelFactory):
    slug = factory.Sequence(lambda n: f"name-{n}")
    name_en = factory.LazyAttribute(lambda row: row.slug)


class TopicFactory(NamedFactory):
    class Meta:
        model = Topic


class PlaceFactory(NamedFactory):
    class Meta:
        model = Place


class PersonFactory(NamedFactory):
    class Meta:
        model = Person


class OrganisationFactory(NamedFactory):
    class Meta:
        model = Organisation


class SeriesFactory(NamedFactory):
    class Meta:
        model = Series


class SourceFactory(factory.django.DjangoModelFactory):
    publisher = "Gazette"
    title = factory.Sequence(lambda n: f"Report {n}")
    language = "en"
    side = "third-party"

    class Meta:
        model = Source


class CitedFactory(factory.django.DjangoModelFactory):
    """A draft with one source; `published=True` publishes it by the verb."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True

    @factory.post_generation
    def published(entry, create, extracted, **kwargs):
        cited = type(entry).citations.rel.related_model
        name = next(f.name for f in cited._meta.fields if f.related_model is type(entry))
        cited.objects.create(**{name: entry, "source": SourceFactory()})
        if isinstance(entry, Agreement):
            Party.objects.create(agreement=entry, country="uz")
        if hasattr(entry, "confirmation"):
            confirmation.refresh(entry)
        if isinstance(entry, Agreement):
            refresh_agreement(entry)
        if extracted:
            publishing.publish(entry, by=None)


class EntryFactory(CitedFactory):
    """An event, agreement or initiative with a title, a summary and a day."""

    slug = factory.Sequence(lambda n: f"entry-{n}")
    title_en = factory.LazyAttribute(lambda entry: entry.slug)
    summary_en = "Who did what."
    date = "2023-05-04"

    class Meta:
        abstract = True


class EventFactory(EntryFactory):
    kind = "summit"
    level = "ministers"

    class Meta:
        model = Event


class AgreementFactory(EntryFactory):
    form = "treaty"
    level = "interstate"

    class Meta:
        model = Agreement


class CommitmentFactory(CitedFactory):
    """A promise of both states with one source."""

    title_en = factory.Sequence(lambda n: f"promise {n}")
    made_on = "2023-05-04"

    class Meta:
        model = Commitment


class InitiativeFactory(EntryFactory):
    kind = "school"
    status = "completed"

    class Meta:
        model = Initiative


class QuotedFigureFactory(CitedFactory):
    measure = "value"
    flow = "turnover"
    year = 2019
    value = 10
    unit = "million-usd"

    class Meta:
        model = QuotedFigure


class GapCauseFactory(factory.django.DjangoModelFactory):
    """What a source says of the gap in turnover of one year; a draft."""

    year = 2019
    cause = "transit"
    finding_en = "Goods crossed a third country."
    source = factory.SubFactory(SourceFactory)

    class Meta:
        model = GapCause


class TradeFigureFactory(factory.django.DjangoModelFactory):
    """An observation as a statistical office released it; a draft."""

    reporter = "uz"
    partner = "az"
    flow = "export"
    year = 2019
    value = 1_000_000
    source = factory.SubFactory(SourceFactory)
    released_on = factory.LazyFunction(timezone.localdate)

    class Meta:
        model = TradeFigure


def observed(**fields):
    """A public observation."""
    figure = TradeFigureFactory(**fields)
    publishing.publish(figure, by=None)
    return figure
