"""Every address of the desk as nobody, without a role, as author, editor and administrator, against the table in desk_table.py.

An address that is not on the table fails the first test. The table tells GET and POST for each sort of row; what an author may
not see is never named in anything that he is answered.
"""

import datetime
import io
import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone
from PIL import Image

from cooperation.models import Agreement, AgreementRelation, Initiative, TradeImport
from events.models import Event
from record import asking, publishing, roles
from record.models import Disagreement, Office, Picture
from tests import factories, people
from tests.relations_site import desk_table
from tests.relations_site.desk_table import AUTHOR, AUTHOR_REFERENCE, EDITOR, ELSEWHERE, PLAIN, SINGLE, STATES

pytestmark = [pytest.mark.one_engine, pytest.mark.django_db]
HIDDEN = "zqhidden"
MAKERS = {
    "events_event": factories.EventFactory,
    "cooperation_agreement": factories.AgreementFactory,
    "cooperation_initiative": factories.InitiativeFactory,
    "cooperation_commitment": factories.CommitmentFactory,
    "cooperation_tradefigure": factories.TradeFigureFactory,
    "cooperation_quotedfigure": factories.QuotedFigureFactory,
    "cooperation_gapcause": factories.GapCauseFactory,
}
REFERENCES = {
    "record_topic": factories.TopicFactory,
    "record_place": factories.PlaceFactory,
    "record_person": factories.PersonFactory,
    "record_organisation": factories.OrganisationFactory,
    "record_series": factories.SeriesFactory,
    "record_source": factories.SourceFactory,
    "record_office": lambda: Office.objects.create(person=factories.PersonFactory(), title_en="Minister"),
}


def _picture():
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "WEBP")
    picture = Picture(alt_en=HIDDEN, credit="x")
    picture.image.save("x.webp", ContentFile(out.getvalue(), name="x.webp"), save=False)
    picture.save()
    return picture


# Seen by an author only where readers see them, or where they are his own.
PRIVATE = {
    "record_disagreement": lambda: Disagreement.objects.create(slug=f"d-{Disagreement.objects.count()}", label_en=HIDDEN),
    "record_picture": _picture,
}


def names():
    """The names of all addresses of the desk; the nameless ones only lead on."""
    found = set()

    def collect(patterns):
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                found.add(pattern.name)
            else:
                collect(pattern.url_patterns)

    # Pages register themselves when the addresses of the site are read.
    assert get_resolver().url_patterns
    collect(admin.site.get_urls())
    return found - {None}


def test_every_address_of_the_desk_is_on_the_table():
    pages = {*AUTHOR, *AUTHOR_REFERENCE}
    assert [*MAKERS, *REFERENCES, *PRIVATE] == [*desk_table.ENTRIES, *desk_table.REFERENCES, *desk_table.PRIVATE]
    rows = {f"{name}_{page}" for name in (*MAKERS, *REFERENCES, *PRIVATE) for page in pages}
    assert names() - rows - set(PLAIN) - set(SINGLE) - ELSEWHERE == set()
    assert (set(PLAIN) | set(SINGLE) | ELSEWHERE) - names() == set()


def _in_state(make, state, **fields):
    row = make(**fields)
    if state == "review":
        publishing.submit(row, by=None)
    if state in ("published", "withdrawn"):
        publishing.publish(row, by=None)
    if state == "withdrawn":
        publishing.withdraw(row, by=None, reason="Entered twice.")
    if state == "scheduled":
        publishing.schedule(row, by=None, at=timezone.now() + datetime.timedelta(days=3))
    return row


def _hidden_words(make):
    model = make._meta.model
    names = {field.name for field in model._meta.fields}
    words = {f"{name}_en": HIDDEN for name in ("title", "summary", "finding", "subject", "note") if f"{name}_en" in names}
    return words | ({"slug": f"{HIDDEN}-{model.objects.count()}"} if "slug" in names else {})


def entries(user, name, states):
    """One row of each sort: own ones and others', whose words are hidden unless they are published."""
    make, found = MAKERS[name], {}
    years = iter(range(1950, 1980))
    for state in states:
        year = {} if name in ("events_event", "cooperation_agreement", "cooperation_initiative", "cooperation_commitment") else None
        for whose in ("own", "other"):
            fields = year if year is not None else {"year": next(years)}
            words = _hidden_words(make) if whose == "other" and state != "published" else {}
            row = _in_state(make, state, **fields, **words)
            found[f"{whose}-{state}"] = people.entered_by(user, row) if whose == "own" else row
    return found


def entangle(rows):
    """What readers or the author see leads to what the author may not see, by every sort of key."""
    hidden = rows["other-draft"]
    for row in (rows[sort] for sort in ("own-draft", "own-review", "own-published", "other-published") if sort in rows):
        if isinstance(row, Event):
            row.related.add(hidden)
            Event.objects.filter(pk=row.pk).update(part_of=hidden)
        if isinstance(row, Agreement):
            AgreementRelation.objects.create(agreement=row, kind="amends", other=hidden)
            Agreement.objects.filter(pk=row.pk).update(package=hidden)
        if isinstance(row, Initiative):
            row.related.add(hidden)


def _short(response):
    if response.status_code != 302:
        return response.status_code
    where = response["Location"]
    return "login" if "/login/" in where else "page" if where.startswith("/en/") else "away"


def ask(client, name, page, row):
    """What GET and POST of a page about a row are answered with, and the words of both answers."""
    address = reverse(f"admin:{name}_{page}", args=[row.pk])
    answers = [client.get(address), client.post(address, {})]
    said = "".join(answer.content.decode() + str(answer.headers) for answer in answers)
    return tuple(map(_short, answers)), said.replace(f"{address}", "")


def wrong(client, name, rows, table):
    """{(page, row): answers} where they are not those of the table; and the pages on which something hidden is named."""
    differ, leaks, known = {}, [], names()
    for page, expected in table.items():
        if f"{name}_{page}" not in known:
            continue
        for sort, row in rows.items():
            got, said = ask(client, name, page, row)
            if got != expected[sort]:
                differ[page, sort] = got
            if HIDDEN in said:
                leaks.append((page, sort))
    return differ, leaks


@pytest.mark.parametrize("name", MAKERS)
def test_author_gets_of_entries_what_the_table_says_and_never_reads_what_is_hidden(client, name):
    user = people.author()
    rows = entries(user, name, STATES if name == "events_event" else ("draft", "published"))
    entangle(rows)
    client.force_login(user)
    assert wrong(client, name, rows, AUTHOR) == ({}, [])


@pytest.mark.parametrize("role", [roles.EDITOR, roles.ADMINISTRATOR])
def test_editor_and_administrator_get_of_entries_what_the_table_says(client, role):
    client.force_login(people.person("person", role))
    rows = entries(people.author(), "events_event", STATES if role == roles.EDITOR else ("draft", "published"))
    rows = {sort: row for sort, row in rows.items() if sort.startswith("other")}
    assert wrong(client, "events_event", rows, EDITOR)[0] == {}


def test_author_gets_of_reference_rows_what_the_table_says(client):
    user = people.author()
    client.force_login(user)
    event = factories.EventFactory(published=True)
    used = people.entered_by(user, factories.PlaceFactory())
    Event.objects.filter(pk=event.pk).update(place=used)
    assert wrong(client, "record_place", {"own-used": used}, AUTHOR_REFERENCE) == ({}, [])
    for name, make in REFERENCES.items():
        rows = {"own": people.entered_by(user, make()), "other": make()}
        assert wrong(client, name, rows, AUTHOR_REFERENCE) == ({}, [])
    for name, make in PRIVATE.items():
        assert wrong(client, name, {"private": make()}, AUTHOR_REFERENCE) == ({}, [])


@pytest.mark.parametrize("role", ["staff", "author", "editor", "administrator"])
def test_pages_without_a_row_answer_each_role_as_the_table_says(client, role):
    client.force_login(people.person("person", role))
    assert {name: client.get(reverse(f"admin:{name}")).status_code for name in PLAIN} == {name: by[role] for name, by in PLAIN.items()}


def _single_rows():
    outcome = {"rows": 0, "counts": {"new": 0, "revised": 0, "unchanged": 0, "refused": 0}, "samples": {}, "left_out": {}, "refusals": []}
    return {
        "cooperation_tradeimport": TradeImport.objects.create(
            file=ContentFile(b"x", name="a.csv"), name="a.csv", digest="0" * 64, outcome=outcome
        ),
        "record_confirmationrequest": asking.ask(
            factories.EventFactory(published=True), by=None, side="first-country", asked="Ministry", language="en"
        )[0],
        "auth_user": people.author("somebody"),
        "auth_group": Group.objects.get(name=roles.EDITOR),
    }


@pytest.mark.parametrize("role", ["staff", "author", "editor", "administrator"])
def test_pages_of_imports_accounts_and_roles_answer_as_the_table_says(client, role):
    client.force_login(people.person("person", role))
    rows, got = _single_rows(), {}
    for name in SINGLE:
        row = next(row for start, row in rows.items() if name.startswith(start))
        address = reverse(f"admin:{name}", args=[row.pk])
        got[name] = _short(client.get(address)), _short(client.post(address, {}))
    assert got == {name: by.get(role, (403, 403)) for name, by in SINGLE.items()}


def _all_addresses(user):
    """Every address of the desk, of rows there are."""
    found = [reverse(f"admin:{name}") for name in PLAIN]
    rows, known = {name: make() for name, make in (MAKERS | REFERENCES | PRIVATE).items()}, names()
    for name, row in rows.items():
        pages = [page for page in {*AUTHOR, *AUTHOR_REFERENCE} if f"{name}_{page}" in known]
        found += [reverse(f"admin:{name}_{page}", args=[row.pk]) for page in pages]
    singles = _single_rows()
    found += [reverse(f"admin:{name}", args=[next(r.pk for start, r in singles.items() if name.startswith(start))]) for name in SINGLE]
    found += [reverse("admin:app_list", args=[app]) for app in ("record", "events", "cooperation", "auth")]
    kind = ContentType.objects.get_for_model(Event)
    return [*found, reverse("admin:view_on_site", args=[kind.pk, rows["events_event"].pk])]


def test_nobody_is_led_to_the_login_and_whoever_has_no_role_gets_nothing(client):
    asked = _all_addresses(None)
    answers = {address: (_short(client.get(address)), _short(client.post(address, {}))) for address in asked}
    # The catalogue of the scripts holds no row; it is the same for everybody. The password's page leads to that of the account.
    assert {address for address, got in answers.items() if got != ("login", "login")} <= {"/admin/jsi18n/", "/admin/password_change/"}
    client.force_login(people.person("staff"))
    open_to_all = {reverse(f"admin:{name}") for name in ("index", "jsi18n", "password_change", "password_change_done", "handbook")}
    # What is typed comes by POST, and is asked of a person's rights then.
    open_to_all |= {reverse(f"admin:{name}") for name in PLAIN if name.endswith("_markdown")}
    # A row that he may not see leads away, as one that is not there.
    assert {a for a in asked if _short(client.get(a)) not in (403, 404, "away")} | {reverse("admin:password_change")} == open_to_all


SIBLINGS = ("preview", "print", "export", "json", "compare", "diff", "restore", "copy", "versions", "files", "pdf", "permissions")


def test_guessed_siblings_and_questions_tell_an_author_nothing_of_what_is_hidden(client):
    user = people.author()
    client.force_login(user)
    rows = entries(user, "events_event", STATES)
    entangle(rows)
    hidden, kind = rows["other-draft"], ContentType.objects.get_for_model(Event)
    list_of = "/admin/events/event/"
    questions = (f"q={HIDDEN}", "state=draft", "state=in-review", "state=scheduled", "state=withdrawn", f"id={hidden.pk}", "all=", "o=1",
                 f"slug__startswith={HIDDEN}", f"part_of={hidden.pk}", "_facets=True", "_popup=1", "date_from__year=2023", "e=1")  # fmt: skip
    asked = [f"{list_of}?{question}" for question in questions]
    asked += [f"{list_of}{hidden.pk}/{word}/" for word in SIBLINGS] + [f"{list_of}{hidden.pk}/", f"{list_of}{hidden.pk}.json"]
    asked += [f"/admin/r/{kind.pk}/{hidden.pk}/", f"/admin/r/{kind.pk}/{rows['other-withdrawn'].pk}/", f"/admin/r/x/{hidden.pk}/"]
    fields = [("events", "event", "part_of"), ("events", "event", "related"), ("cooperation", "agreement", "events"),
              ("cooperation", "commitment", "event"), ("cooperation", "initiative", "events")]  # fmt: skip
    asked += [f"/admin/autocomplete/?app_label={app}&model_name={m}&field_name={f}&term={HIDDEN}" for app, m, f in fields]
    leaks = [address for address in asked if HIDDEN in _words(client.get(address), address)]
    assert leaks == []
    client.force_login(people.editor())
    assert HIDDEN in client.get(f"{list_of}?state=draft").content.decode()
    assert HIDDEN in client.get(asked[-1]).content.decode()


def _words(answer, address):
    """What is said beyond what was asked."""
    said = answer.content.decode() + str(answer.headers)
    return re.sub(rf"(value=\"|=|%3D){HIDDEN}", "", said) if HIDDEN in address else said
