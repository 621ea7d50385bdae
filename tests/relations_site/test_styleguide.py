"""The style guide: every component with its contract, in debug only."""

import re

import pytest
from django.conf import settings

from relations_site import styleguide

pytestmark = [pytest.mark.one_engine, pytest.mark.django_db]


@pytest.fixture
def guide(client, settings):
    settings.DEBUG = True
    answer = client.get("/styleguide/")
    assert answer.status_code == 200
    return answer


def test_style_guide_is_not_there_outside_debug(client):
    assert client.get("/styleguide/").status_code == 404


def test_every_component_is_shown_with_its_contract_and_draws_something_in_every_state(guide):
    files = {path.stem for path in (settings.BASE_DIR / "templates" / "components").iterdir()}
    shown = guide.context["components"]
    assert {component.name for component in shown} == files
    for component in shown:
        assert re.match(r"[A-Z“].+\.$", component.contract), component.name
        assert component.states and all(html.strip() for _state, html in component.states), component
    page = guide.content.decode()
    assert all(f'<section id="component-{name}">' in page for name in files)


def test_every_status_of_an_agreement_and_every_side_is_among_the_states(guide):
    states = {component.name: [state for state, _html in component.states] for component in guide.context["components"]}
    assert states["status"] == styleguide.Status.values
    assert states["side"] == [*styleguide.Side.values]


def test_style_guide_of_an_empty_record_stands(empty_record, client, settings):
    settings.DEBUG = True
    assert client.get("/styleguide/").status_code == 200
