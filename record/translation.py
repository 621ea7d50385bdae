"""One column per language for the texts of the reference tables; history of every change."""

from modeltranslation.translator import TranslationOptions, register
from simple_history import register as keep_history

from record import models
from record.history.records import Records

MARKS = ("translation", "translation_basis")


class Texts(TranslationOptions):
    """Texts that may be missing in a language are NULL there, never ''."""

    empty_values = None
    required_languages = ()


@register(models.Topic)
@register(models.Place)
@register(models.Person)
@register(models.Series)
class NamedTexts(Texts):
    fields = ("name", "description", *MARKS)


@register(models.Organisation)
class OrganisationTexts(Texts):
    fields = ("name", "acronym", "description", *MARKS)


@register(models.Office)
class OfficeTexts(Texts):
    fields = ("title",)


@register(models.Disagreement)
class DisagreementTexts(Texts):
    fields = ("label", "assessment", *MARKS)


@register(models.DisagreementValue)
class DisagreementValueTexts(Texts):
    fields = ("value",)


@register(models.Picture)
class PictureTexts(Texts):
    fields = ("alt", "caption", *MARKS)


def historical(model, *, base_columns, m2m=(), derived=()):
    """Record every change of a model; the untranslated columns repeat one language and are left out."""
    keep_history(
        model,
        app=model.__module__.split(".")[0],
        records_class=Records,
        m2m_fields=[getattr(model, name).field for name in m2m],
        excluded_fields=[*base_columns, *derived],
        bases=[models.Tracked],
    )


for _model, _options in [
    (models.Topic, NamedTexts),
    (models.Place, NamedTexts),
    (models.Person, NamedTexts),
    (models.Series, NamedTexts),
    (models.Organisation, OrganisationTexts),
]:
    historical(_model, base_columns=_options.fields, derived=["folded"])
historical(models.Office, base_columns=OfficeTexts.fields)
historical(models.Disagreement, base_columns=DisagreementTexts.fields)
historical(
    models.DisagreementValue,
    base_columns=DisagreementValueTexts.fields,
    m2m=["sources"],
    derived=["confirmation", "confirmed_by"],
)
historical(models.Picture, base_columns=PictureTexts.fields, derived=["widths"])
historical(models.Source, base_columns=[], derived=["folded"])
historical(models.ConfirmationRequest, base_columns=[], derived=["digest"])
