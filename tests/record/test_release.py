"""What machines remember together is that of one release."""

import os

import pytest

from record import release

pytestmark = pytest.mark.one_engine


@pytest.fixture
def code(tmp_path):
    for name, said in {"record/kept.py": "one", "templates/base.html": "<p>", "static/css/base.css": "p{}", "var/notes.py": "own"}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(said)
    return tmp_path


def test_same_code_is_the_same_release_wherever_and_whenever_it_was_put_there(code):
    before = release.of(code)
    os.utime(code / "record" / "kept.py", (1, 1))
    (code / "var" / "notes.py").write_text("other")
    moved = code.rename(code.with_name("elsewhere"))
    assert release.of(moved) == before


@pytest.mark.parametrize(
    "name", ["record/kept.py", "templates/base.html", "static/css/base.css", "events/new.py", "static/fonts/a.woff2", "requirements.txt"]
)
def test_any_changed_or_new_file_is_another_release(code, name):
    before = release.of(code)
    (code / name).parent.mkdir(parents=True, exist_ok=True)
    (code / name).write_text("two")
    assert release.of(code) != before


def test_words_that_move_from_one_file_to_another_are_another_release(code):
    (code / "record" / "a.py").write_text("xy")
    (code / "record" / "b.py").write_text("z")
    before = release.of(code)
    (code / "record" / "a.py").write_text("x")
    (code / "record" / "b.py").write_text("yz")
    assert release.of(code) != before
