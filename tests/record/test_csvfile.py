"""CSV written column after column says what Python's own writer says, and reads back as what was written."""

import csv
import datetime
import io
import random

import pytest

from record import csvfile

pytestmark = pytest.mark.one_engine

PIECES = ["trade", "Farg‘ona", "Азербайджан", ",", '"', "\n", "\r\n", "\r", "=1+1", "'", "-", "@", "＝", " ", "", ";", "\t", "🕊"]
DAY, MOMENT = datetime.date(2024, 8, 22), datetime.datetime(2024, 8, 22, 23, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=4)))
OTHERS = [None, True, False, 0, -7, 1.5, DAY, MOMENT, [], ["a", "b"], ["=a"]]


def texts(random, number):
    return ["".join(random.choices(PIECES, k=random.randrange(5))) for _ in range(number)]


def columns(random, number):
    """Columns of one type, of texts that may be missing, and of anything."""
    yield texts(random, number)
    yield random.choices(["state-visit", "E12", "online"], k=number)
    yield random.choices([*texts(random, 3), None], k=number)
    yield random.choices([0, -7, 2024], k=number)
    yield random.choices([[], ["a", "b"], ["=a"], ["a,b"]], k=number)
    yield random.choices(OTHERS, k=number)
    yield random.choices([*OTHERS, *texts(random, 5)], k=number)


def written(rows, names):
    return b"".join(csvfile.parts(names, [rows[:3], rows[3:]])).decode()


@pytest.mark.parametrize("seed", range(40))
def test_it_is_what_pythons_writer_writes(seed):
    made = [*columns(random.Random(seed), 12)]
    names = [f"column, {at}" for at in range(len(made))]
    rows = [dict(zip(names, row, strict=True)) for row in zip(*made, strict=True)]
    expected = io.StringIO()
    csv.writer(expected).writerows([names, *([csvfile.cell(value) for value in row.values()] for row in rows)])
    assert written(rows, names) == csvfile.MARK + expected.getvalue()


@pytest.mark.parametrize("seed", range(40))
def test_every_text_comes_back_as_it_was(seed):
    said = texts(random.Random(seed), 30)
    lines = csv.reader(io.StringIO(written([{"a": text, "b": "x"} for text in said], ["a", "b"]), newline=""))
    assert [csvfile.unguarded(row[0]) for row in lines][1:] == said


def test_a_file_without_rows_has_its_names():
    assert b"".join(csvfile.parts(["a", "b"], [])) == "\ufeffa,b\r\n".encode()
    assert b"".join(csvfile.parts(["a", "b"], [[]])) == "\ufeffa,b\r\n".encode()


def test_moments_are_written_in_utc():
    assert csvfile.cell(MOMENT) == "2024-08-22T19:30:00Z"
