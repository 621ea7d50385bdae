"""Choices are said in the words that Django says, in every language."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils import translation

from record.models.base import Versioned

CHOSEN = [
    (model, field) for model in apps.get_models() if issubclass(model, Versioned) for field in model._meta.concrete_fields if field.choices
]


@pytest.mark.parametrize("lang", [code for code, _name in settings.LANGUAGES])
def test_every_choice_is_said_as_django_says_it(lang):
    assert len(CHOSEN) > 20
    with translation.override(lang):
        for model, field in CHOSEN:
            for value in [*(value for value, _label in field.flatchoices), "", None, "none of them"]:
                row = model(**{field.attname: value})
                said, expected = getattr(row, f"get_{field.name}_display")(), models.Model._get_FIELD_display(row, field)
                assert (type(said), said) == (type(expected), expected), (model, field.name, value)
