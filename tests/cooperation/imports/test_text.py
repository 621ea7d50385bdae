"""What is no readable file is refused by name, with a sentence that says what to do."""

import pytest

from cooperation.imports.rows import Unreadable
from tests.cooperation.imports.conftest import examined
from tests.cooperation.imports.files import PLAIN, comtrade, comtrade_row, plain, plain_row

pytestmark = pytest.mark.one_engine

NORMAL = comtrade(comtrade_row())
TURKISH = comtrade(comtrade_row(), comtrade_row(partner="tr"), mark=False, encoding="windows-1252")

REFUSED = [
    (b"", "is empty"),
    (b" \r\n", "is empty"),
    (NORMAL.decode("utf-8-sig").encode("utf-16"), "UTF-16 text"),
    (NORMAL.decode("utf-8-sig").encode("utf-16-le"), "NUL bytes"),
    (b"PK\x03\x04" + b"x" * 100, "a spreadsheet or a ZIP archive"),
    (b"\x1f\x8b" + b"x" * 100, "a packed file"),
    (b"<!doctype html><p>Log in", "a web page"),
    (b'{"data": []}', "JSON"),
    (TURKISH, "Line 3 is not utf-8"),
    (NORMAL.replace(b"\r\n", b"\r"), "does not end as lines do"),
    (NORMAL + b"x" * 200_000, "Line 3 does not end as lines do"),
    (
        b"number,value\r\n1,2\r\n",
        "does not name these columns: reporter, partner, flow, period_type, year, period, currency. The file comes nearest to the plain CSV",
    ),
    (
        NORMAL.replace(b"primaryValue", b"value"),
        "does not name these columns: primaryValue. The file comes nearest to the CSV of UN Comtrade",
    ),
    (plain(plain_row(), header=PLAIN[:-3]), "does not name these columns: currency. The file comes nearest to the plain CSV"),
    (plain(plain_row(), header=(*PLAIN, "valeu")), "columns that are not known: valeu"),
    (plain(plain_row(), header=(*PLAIN, "value")), "names a column twice: value"),
    (b"Classification,Year,Period,Trade Flow,Reporter,Partner,Trade Value (US$)\r\n", "site before 2022"),
    (plain(plain_row()) + b'uz,"az,export\n', "Line 3 cannot be read as CSV"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("content", "reason"), REFUSED)
def test_file_that_is_no_table_of_ours_is_refused_by_name(content, reason):
    with pytest.raises(Unreadable) as refused:
        examined(content)
    assert reason in str(refused.value)


@pytest.mark.django_db
@pytest.mark.parametrize("mark", [True, False])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_mark_and_separator_are_told_by_the_file_itself(mark, separator):
    assert examined(comtrade(comtrade_row(), mark=mark, separator=separator)).counts["new"] == 1


@pytest.mark.django_db
def test_declared_encoding_is_read():
    assert examined(TURKISH, encoding="windows-1252").counts["new"] == 1


@pytest.mark.django_db
def test_mark_that_contradicts_the_declared_encoding_is_refused():
    with pytest.raises(Unreadable, match="declared windows-1252, and its mark says UTF-8"):
        examined(NORMAL, encoding="windows-1252")


@pytest.mark.django_db
def test_file_whose_source_or_release_is_said_nowhere_is_refused():
    with pytest.raises(Unreadable, match="which source"):
        examined(NORMAL, source_id=None)
    with pytest.raises(Unreadable, match="on which day"):
        examined(NORMAL, released_on=None)
