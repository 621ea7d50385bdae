"""Indexes that follow a test."""

import pytest

from record import inverted


@pytest.fixture
def followed():
    """The indexes follow what the test writes."""
    with inverted.within_transaction():
        yield
