"""From bytes to cells: what the file is, how it is encoded, and where each of its rows begins."""

import csv

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cooperation.imports.rows import Unreadable

LONGEST_LINE = 100_000
UTF8_MARK = b"\xef\xbb\xbf"

# How other files begin.
_OTHER_KINDS = (
    (b"\xff\xfe\x00\x00", gettext_lazy("UTF-32 text")),
    (b"\x00\x00\xfe\xff", gettext_lazy("UTF-32 text")),
    (b"\xff\xfe", gettext_lazy("UTF-16 text")),
    (b"\xfe\xff", gettext_lazy("UTF-16 text")),
    (b"PK\x03\x04", gettext_lazy("a spreadsheet or a ZIP archive")),
    (b"\xd0\xcf\x11\xe0", gettext_lazy("an old spreadsheet")),
    (b"\x1f\x8b", gettext_lazy("a packed file (gzip)")),
    (b"%PDF", gettext_lazy("a PDF")),
    (b"<", gettext_lazy("a web page or XML")),
    (b"{", gettext_lazy("JSON")),
    (b"[", gettext_lazy("JSON")),
)


def lines(file, encoding, progress=None):
    """The decoded lines of a binary file. Raises Unreadable for what is no text in this encoding."""
    _refuse_other_kinds(file, encoding)
    number = 0
    while raw := file.readline(LONGEST_LINE + 1):
        number += 1
        if progress:
            progress(len(raw))
        yield _decoded(raw.removeprefix(UTF8_MARK) if number == 1 else raw, encoding, number)


def rows(found, separator):
    """(line on which the row begins, cells) of every row that is not empty; the last cells may be empty ones too many."""
    reader = csv.reader(found, delimiter=separator, strict=True)
    begins = 1
    try:
        for cells in reader:
            if any(cells):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(_("Line %(line)s cannot be read as CSV: %(error)s.") % {"line": begins, "error": error}) from error


def _refuse_other_kinds(file, encoding):
    head = file.read(64)
    file.seek(0)
    if not head.strip():
        raise Unreadable(_("The file is empty."))
    for mark, kind in _OTHER_KINDS:
        if head.lstrip().startswith(mark):
            raise Unreadable(_("The file is %(kind)s. Save it as CSV in UTF-8.") % {"kind": kind})
    if head.startswith(UTF8_MARK) and encoding != "utf-8":
        raise Unreadable(_("The file was declared %(encoding)s, and its mark says UTF-8.") % {"encoding": encoding})


def _decoded(raw, encoding, number):
    if b"\0" in raw:
        raise Unreadable(_("Line %(line)s holds NUL bytes: UTF-16 or no text. Save the file as CSV in UTF-8.") % {"line": number})
    if len(raw) > LONGEST_LINE or number == 1 and b"\r" in raw.rstrip(b"\r\n"):
        raise Unreadable(
            _("Line %(line)s does not end as lines do: this is no CSV file, or one with the line ends of old computers.") % {"line": number}
        )
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        values = {"line": number, "encoding": encoding}
        raise Unreadable(
            _("Line %(line)s is not %(encoding)s. Save the file as UTF-8, or declare its encoding; Comtrade writes windows-1252.") % values
        ) from error
