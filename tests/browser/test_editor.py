"""An editor logs in, adds an event with a source, publishes it, and sees it on the site."""

import re

from playwright.sync_api import expect

from tests.browser.running import PASSWORD

# From the empty form to the published page, counted as an editor would: clicks on links, buttons, lists.
MOST_CLICKS = 30


class Desk:
    """The editors' desk in a browser, with its clicks counted."""

    def __init__(self, page):
        self.page = page
        self.clicks = 0

    def click(self, locator):
        locator.click()
        self.clicks += 1

    def log_in(self):
        self.page.fill("#id_username", "editor")
        self.page.fill("#id_password", PASSWORD)
        self.page.get_by_role("button", name="Log in").click()

    def choose(self, field, typed, shown):
        """Pick a reference by typing a part of its name."""
        self.click(self.page.locator(f"#{field} + .select2-container"))
        self.page.locator(".select2-container--open .select2-search__field").last.fill(typed)
        self.click(self.page.locator(".select2-results__option", has_text=shown).first)

    def add_row(self, prefix):
        self.click(self.page.locator(f"#{prefix}-group .add-row a, #{prefix}-group tr.add-row a").first)


def test_editor_adds_an_event_with_a_source_and_publishes_it(open_page):
    page = open_page("/admin/")
    desk = Desk(page)
    desk.log_in()
    page.goto("/admin/events/event/add/")
    page.select_option("#id_kind", "ministerial-meeting")
    page.select_option("#id_level", "ministers")
    page.select_option("#id_host", "first-country")
    page.fill("#id_date", "2026-03")
    page.fill("#id_title_en", "Meeting of the transport ministers")
    page.fill("#id_summary_en", "The transport ministers met in Tashkent in March 2026.")
    desk.choose("id_place", "toshkent", "Tashkent")
    for lang, title in [
        ("az", "Nəqliyyat nazirlərinin görüşü"),
        ("uz", "Transport vazirlarining uchrashuvi"),
        ("ru", "Встреча министров транспорта"),
    ]:
        name = {"az": "Azerbaijani", "uz": "Uzbek", "ru": "Russian"}[lang]
        desk.click(page.locator("summary", has_text=f"Texts in {name}"))
        page.fill(f"#id_title_{lang}", title)
    assert page.input_value("#id_slug") == "meeting-of-the-transport-ministers"

    reader = open_page("/ru/events/?after=2026-03&before=2026-03")
    assert "Встреча министров транспорта" not in reader.content()

    # Without a source it is refused, with the reason, and nothing typed is lost.
    desk.click(page.get_by_role("button", name="Save and publish", exact=True))
    expect(page.locator(".messagelist")).to_contain_text("It has no source")
    assert page.input_value("#id_title_uz") == "Transport vazirlarining uchrashuvi"

    desk.add_row("citations")
    desk.choose("id_citations-0-source", "Xinhua", "Xinhua")
    desk.add_row("participants")
    desk.choose("id_participants-0-person", "mirziyoyev", "Shavkat Mirziyoyev")
    desk.click(page.get_by_role("button", name="Save and publish", exact=True))
    expect(page.locator(".messagelist")).to_contain_text("Published")
    assert desk.clicks <= MOST_CLICKS

    page.get_by_role("link", name="On the site").click()
    expect(page).to_have_url(re.compile(r"/en/events/meeting-of-the-transport-ministers/$"))
    expect(page.locator(".facts")).to_contain_text("March 2026")
    expect(page.locator(".sources")).to_contain_text("Xinhua")
    # The page that the reader had before shows it on the very next request.
    reader.reload()
    expect(reader.locator(".rows")).to_contain_text("Встреча министров транспорта")


def test_editor_enters_a_promise_with_its_evidence_and_is_told_when_evidence_lacks_a_source(open_page):
    page = open_page("/admin/")
    desk = Desk(page)
    desk.log_in()
    page.goto("/admin/cooperation/commitment/add/")
    page.fill("#id_made_on", "2025-07-02")
    page.fill("#id_deadline", "2027")
    page.fill("#id_title_en", "A direct railway tariff")
    desk.choose("id_agreement", "allied", "A42 Treaty")
    desk.add_row("citations")
    desk.choose("id_citations-0-source", "Xinhua", "Xinhua")
    desk.add_row("assessments")
    page.fill("#id_assessments-0-as_of", "2026-01-15")
    page.select_option("#id_assessments-0-score", "minimal")
    desk.click(page.get_by_role("button", name="Save and publish", exact=True))
    expect(page.locator("#assessments-group")).to_contain_text("This field is required")
    desk.choose("id_assessments-0-sources", "Xinhua", "Xinhua")
    desk.click(page.get_by_role("button", name="Save and publish", exact=True))
    expect(page.locator(".messagelist")).to_contain_text("Published")
    reader = open_page("/en/agreements/treaty-on-allied-relations-2024/")
    expect(reader.locator("#promises + .rows")).to_contain_text("A direct railway tariff")


def test_editor_is_told_of_steps_that_contradict_each_other_and_nothing_is_refused(open_page):
    page = open_page("/admin/")
    desk = Desk(page)
    desk.log_in()
    page.goto("/admin/cooperation/agreement/?q=visa-free")
    page.locator("#result_list tbody th a").first.click()
    desk.add_row("actions")
    row = page.locator("#actions-group .dynamic-actions").last
    row.locator("select[name$=kind]").select_option("terminated")
    row.locator("input[name$=date]").fill("1990-01-01")
    page.get_by_role("button", name="Save and continue editing").first.click()
    expect(page.locator(".messagelist .warning").filter(has_text="lies before")).to_be_visible()


def test_published_event_keeps_its_last_source(open_page):
    page = open_page("/admin/")
    Desk(page).log_in()
    page.goto("/admin/events/event/?q=summit")
    page.goto("/admin/events/event/?q=diplomatic+relations+1995")
    page.locator("#result_list tbody th a").first.click()
    removals = page.locator('#citations-group input[name^="citations-"][name$="-DELETE"]:visible')
    expect(removals.first).to_be_visible()
    for box in removals.all():
        box.check()
    page.get_by_role("button", name="Save and continue editing").first.click()
    expect(page.locator(".errornote")).to_be_visible()
    expect(page.locator("#citations-group")).to_contain_text("keeps at least one source")


def test_second_editor_is_told_and_loses_nothing(open_page):
    first, second = open_page("/admin/"), open_page("/admin/")
    for page in (first, second):
        Desk(page).log_in()
        page.goto("/admin/events/event/?q=nizami+monument")
        page.locator("#result_list tbody th a").first.click()
    first.fill("#id_caveat_en", "The first editor was here.")
    first.get_by_role("button", name="Save and continue editing").first.click()
    expect(first.locator(".messagelist .success")).to_be_visible()
    second.fill("#id_caveat_en", "The second editor wrote this.")
    second.get_by_role("button", name="Save and continue editing").first.click()
    expect(second.locator(".errorlist").first).to_contain_text("Someone else saved this record")
    assert second.input_value("#id_caveat_en") == "The second editor wrote this."


# A new event with a new place, two people (one of them new), a document signed (new), a new source, four languages.
MOST_CLICKS_OF_A_WHOLE_EVENT = 18


class Popup:
    """The small window that “+” opens: what is typed there, and the save that leads back."""

    def __init__(self, desk, field):
        with desk.page.expect_popup() as opened:
            desk.click(desk.page.locator(f"#add_id_{field}"))
        self.desk, self.page = desk, opened.value

    def fill(self, **texts):
        for name, text in texts.items():
            self.page.fill(f"#id_{name}", text)

    def choose(self, **choices):
        for name, value in choices.items():
            self.page.select_option(f"#id_{name}", value)

    def save(self):
        with self.page.expect_event("close"):
            self.desk.click(self.page.get_by_role("button", name="Save", exact=True).first)


def in_four_languages(name, *texts):
    return dict(zip((f"{name}_{lang}" for lang in ("en", "az", "uz", "ru")), texts, strict=True))


def test_a_whole_event_is_entered_without_leaving_its_page(open_page):
    page = open_page("/admin/")
    desk = Desk(page)
    desk.log_in()
    desk.click(page.get_by_role("link", name="New event"))
    page.select_option("#id_kind", "ministerial-meeting")
    page.select_option("#id_level", "ministers")
    page.select_option("#id_host", "second-country")
    page.fill("#id_date", "2026-04-14")
    for lang, title in in_four_languages(
        "title", "Talks on the new port", "Yeni liman barədə danışıqlar", "Yangi port boʻyicha muzokaralar", "Переговоры о новом порте"
    ).items():
        if lang != "title_en":
            name = {"title_az": "Azerbaijani", "title_uz": "Uzbek", "title_ru": "Russian"}[lang]
            desk.click(page.locator("summary", has_text=f"Texts in {name}"))
        page.fill(f"#id_{lang}", title)
    page.fill("#id_summary_en", "The ministers spoke about the new port.")

    place = Popup(desk, "place")
    place.fill(**in_four_languages("name", "New Port", "Yeni Liman", "Yangi Port", "Новый Порт"))
    place.choose(country="az")
    place.save()
    expect(page.locator("#id_place + .select2-container")).to_contain_text("New Port")

    document = Popup(desk, "documents")
    document.fill(**in_four_languages("title", "Protocol on the port", "Liman protokolu", "Port bayonnomasi", "Протокол о порте"))
    document.choose(form="protocol", level="inter-agency")
    document.save()
    expect(page.locator("#id_documents + .select2-container")).to_contain_text("Protocol on the port")

    desk.add_row("citations")
    source = Popup(desk, "citations-0-source")
    source.fill(publisher="Port gazette", title="Talks held", url="https://gazette.example/talks")
    source.choose(kind="official", side="second-country")
    source.save()
    expect(page.locator("#id_citations-0-source + .select2-container")).to_contain_text("Talks held")

    desk.add_row("participants")
    desk.choose("id_participants-0-person", "mirziyoyev", "Shavkat Mirziyoyev")
    desk.add_row("participants")
    person = Popup(desk, "participants-1-person")
    person.fill(**in_four_languages("name", "New Minister", "Yeni Nazir", "Yangi Vazir", "Новый Министр"))
    person.save()
    expect(page.locator("#id_participants-1-person + .select2-container")).to_contain_text("New Minister")

    desk.click(page.get_by_role("button", name="Save and publish", exact=True))
    expect(page.locator(".messagelist")).to_contain_text("Published")
    assert desk.clicks <= MOST_CLICKS_OF_A_WHOLE_EVENT

    page.get_by_role("link", name="On the site").click()
    expect(page.locator(".facts")).to_contain_text("New Port")
    expect(page.locator(".sources")).to_contain_text("Port gazette")
    # The document is a draft until its own page says more: readers do not see it yet.
    assert "Protocol on the port" not in page.content()


def test_what_is_there_already_is_named_while_the_title_is_typed(open_page):
    page = open_page("/admin/")
    Desk(page).log_in()
    page.goto("/admin/events/event/add/")
    page.fill("#id_date", "2022-06-21")
    page.fill("#id_title_en", "State visit of Ilham Aliyev to Uzbekistan")
    expect(page.locator("#double-hint")).to_contain_text("E22")


def test_a_form_on_a_telephone_says_what_each_cell_is(open_page):
    page = open_page("/admin/", width=360)
    Desk(page).log_in()
    page.goto("/admin/events/event/?q=summit")
    page.goto("/admin/events/event/add/")
    page.locator(".sections a", has_text="Participants").click()
    page.locator("#participants-group .add-row a, #participants-group tr.add-row a").first.click()
    assert all(page.locator(f".verb-bar {button}").bounding_box()["x"] < 250 for button in ("[name=_save]", "[value=publish]"))
    cell = page.locator("#participants-0 td.field-person")
    assert cell.get_attribute("data-label") == "Person"
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_what_is_typed_and_not_saved_is_not_left_without_a_question(open_page):
    page = open_page("/admin/")
    Desk(page).log_in()
    page.goto("/admin/events/event/add/")
    asked = []

    def stay(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.locator("#id_title_en").press_sequentially("Half a title")
    page.locator(".breadcrumbs a").first.click(no_wait_after=True)
    expect(page.locator("#id_title_en")).to_have_value("Half a title")
    assert asked == ["beforeunload"]
