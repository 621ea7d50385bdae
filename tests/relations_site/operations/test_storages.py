"""Files in a bucket: options that the library takes, and addresses that only the site could have signed."""

import pytest

from relations_site.operations import storages

pytestmark = pytest.mark.one_engine

library = pytest.importorskip("storages.backends.s3")


@pytest.fixture
def bucket(monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    told = storages.s3("record", endpoint="https://s3.record.example", region="eu-1", prefix="uploads")
    assert told["BACKEND"] == "storages.backends.s3.S3Storage"
    return library.S3Storage(**told["OPTIONS"])


def test_bucket_is_private_and_its_addresses_are_signed(bucket):
    address = bucket.url("pictures/a.webp")
    assert address.startswith("https://s3.record.example/record/uploads/pictures/a.webp?") or "record.s3.record.example" in address
    assert {"X-Amz-Algorithm=AWS4-HMAC-SHA256", "X-Amz-Expires=3600"} <= set(address.partition("?")[2].split("&"))
    assert bucket.default_acl is None and bucket.file_overwrite is False


def test_no_checksums_that_other_services_refuse(bucket):
    config = bucket.connection.meta.client.meta.config
    assert (config.request_checksum_calculation, config.response_checksum_validation) == ("when_required", "when_required")
    assert config.retries["total_max_attempts"] == 3
