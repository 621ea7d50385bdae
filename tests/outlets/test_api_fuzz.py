"""/api/v1/ asked by a program that knows its description alone: no error of the server, no answer outside the description."""

import time

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from relations_site.api import description
from relations_site.wsgi import application
from tests.behind_cache import one_connection

EXAMPLES = 30
# For all paths together; each is asked at least once.
SECONDS = 40
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance, response_schema_conformance,
    unsupported_method, negative_data_rejection,
]  # fmt: skip
config = schemathesis.Config.from_dict({"generation": {"mode": "all"}})
schema = schemathesis.openapi.from_dict(description.document(), config=config)
schema.app = application
since = {}


@pytest.fixture(autouse=True, scope="module")
def connection_stays():
    with one_connection():
        yield


@pytest.mark.django_db
@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_answer_to_anything_is_as_described(case):
    begun = since.setdefault(case.operation.label, time.monotonic())
    if time.monotonic() - begun < SECONDS / len(description.document()["paths"]):
        case.call_and_validate(headers={"Host": "testserver", "Accept": "application/json"}, checks=CHECKS)
