"""The lists of the desk say dates as the site does, and sort by the days that they mean."""

import datetime
import re

import pytest
from django.conf import settings
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone, translation

from cooperation.models import TradeImport
from events.models import Event
from record import asking, dates
from record.models import ConfirmationRequest
from tests import people
from tests.factories import AgreementFactory, CommitmentFactory, EventFactory, SourceFactory, TradeFigureFactory

pytestmark = [pytest.mark.one_engine, pytest.mark.django_db]

# A cell that begins like 2024-08 holds a date for machines.
FOR_MACHINES = re.compile(r"<t[dh] [^>]*>(?:<[^>]+>)*\d{4}-\d\d\b[^<]*")
LANGS = [code for code, _name in settings.LANGUAGES]


def listed(client, address, lang="en"):
    client.cookies.load({"django_language": lang})
    return client.get(address, headers={"accept-language": lang}).content.decode()


def rows_with_dates():
    """{address of a list: the dates in it} of every list that has a column of dates."""
    noon = timezone.make_aware(datetime.datetime(2024, 8, 23, 12, 5))
    EventFactory(date="2024-08-22/2024-08-23")
    AgreementFactory(date="2024-08~")
    CommitmentFactory(made_on="2024-08-23", deadline="2025")
    SourceFactory(published="2024-08")
    TradeFigureFactory(released_on=datetime.date(2024, 8, 23))
    TradeImport.objects.create(name="a.csv", file="a.csv", released_on=datetime.date(2024, 8, 23))
    request, _token = asking.ask(
        EventFactory(published=True), by=None, side=ConfirmationRequest.SIDES[0][0], asked="Ministry", language="en"
    )
    type(request).objects.filter(pk=request.pk).update(expires_at=noon)
    people.person("somebody", last_login=noon)
    return {
        "events_event": ["2024-08-22/2024-08-23"],
        "cooperation_agreement": ["2024-08~"],
        "cooperation_commitment": ["2024-08-23", "2025"],
        "record_source": ["2024-08"],
        "cooperation_tradefigure": ["2024-08-23"],
        "cooperation_tradeimport": ["2024-08-23"],
        "record_confirmationrequest": ["2024-08-23"],
        "auth_user": ["2024-08-23"],
    }


@pytest.mark.parametrize("lang", LANGS)
def test_every_list_says_dates_in_the_words_of_the_language(admin_client, lang):
    said = rows_with_dates()
    for model in admin.site._registry:
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        page = listed(admin_client, reverse(f"admin:{name}_changelist"), lang)
        assert FOR_MACHINES.findall(page) == [], name
        with translation.override(lang):
            assert [date for date in said.get(name, ()) if dates.spoken(date) not in page] == [], name


def test_moment_has_its_hour_on_the_clock_of_the_site(admin_client):
    noon = timezone.make_aware(datetime.datetime(2024, 8, 23, 12, 5))
    people.person("somebody", last_login=noon)
    assert "23 August 2024, 12:05" in listed(admin_client, "/admin/auth/user/")


def test_column_of_dates_sorts_by_the_first_day_that_is_meant(empty_record, admin_client):
    for date in ("2024-05-04", "", "2024~", "2024-03/2024-06", "2023"):
        EventFactory(date=date)
    desk = admin.site.get_model_admin(Event)
    place = [getattr(name, "__name__", name) for name in desk.get_list_display(None)].index("date") + 1
    expected = ["", "2023", "2024~", "2024-03/2024-06", "2024-05-04"]
    for sign, wanted in (("", expected), ("-", expected[::-1])):
        found = admin_client.get(f"/admin/events/event/?o={sign}{place}").context["cl"].result_list
        assert [event.date for event in found] == wanted


@pytest.mark.parametrize("name", ["events_event", "cooperation_agreement", "cooperation_initiative"])
def test_list_in_its_own_order_shows_that_it_is_the_order_of_days(admin_client, name):
    heads = re.findall(r'<th scope="col" class="([^"]*)"', listed(admin_client, reverse(f"admin:{name}_changelist")))
    assert [head.split()[1] for head in heads if {"sorted", "descending"} <= {*head.split()}] == ["column-code", "column-date"]
