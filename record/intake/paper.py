"""A PDF as a document that is only read: whole, open to everybody, and without anything that runs, fetches, fills in or hides.

Runs in the process of `worker` alone. The bytes are not changed: of a legal text they may matter, and its checksum is published.
"""

from pathlib import Path

import pikepdf

from record.intake.refusal import Refused

MOST_PAGES, MOST_OBJECTS, DEEPEST = 2000, 300_000, 60
# What a reader of PDF might act on, by the key or the kind under which it stands.
RUNS = {"/JS", "/JavaScript", "/AA", "/XFA"}
HIDES = {"/EmbeddedFile", "/EmbeddedFiles", "/EF", "/AF", "/Collection", "/RichMediaContent", "/RichMediaSettings"}
ACTIONS = {"/JavaScript", "/Launch", "/GoToR", "/GoToE", "/SubmitForm", "/ImportData", "/ResetForm", "/Rendition", "/Movie", "/Sound"}
ACTIONS |= {"/SetOCGState", "/GoTo3DView", "/RichMediaExecute", "/Hide"}
ANNOTATIONS = {"/RichMedia", "/3D", "/Movie", "/Sound", "/Screen", "/FileAttachment"}
# Another kind of file that begins, goes on or ends in this one.
FOREIGN = (b"<html", b"<script", b"<svg", b"<!doctype", b"<?php", b"<body", b"<iframe")


def read(path, folder):
    """{pages}. Raises Refused."""
    _begins_and_ends_as_pdf(Path(path))
    try:
        with pikepdf.open(path, attempt_recovery=False, suppress_warnings=True) as pdf:
            if pdf.is_encrypted:
                raise Refused("encrypted")
            return {"pages": _checked(pdf)}
    except pikepdf.PasswordError as error:
        raise Refused("encrypted") from error
    except pikepdf.PdfError as error:
        raise Refused("broken") from error


def _begins_and_ends_as_pdf(path):
    with path.open("rb") as file:
        head = file.read(1024)
        file.seek(-min(path.stat().st_size, 1024), 2)
        tail = file.read()
    if not head.startswith(b"%PDF-") or b"%%EOF" not in tail:
        raise Refused("broken")
    if tail.rpartition(b"%%EOF")[2].strip(b"\r\n\t \0") or any(mark in head.lower() for mark in FOREIGN):
        raise Refused("foreign")


def _checked(pdf):
    """The number of pages of a document in which nothing acts."""
    if len(pdf.objects) > MOST_OBJECTS:
        raise Refused("too-much")
    opening = pdf.Root.get("/OpenAction")
    if isinstance(opening, pikepdf.Dictionary) and opening.get("/S") != "/GoTo":
        raise Refused("runs")
    for thing in pdf.objects:
        _walk(thing, 0)
    if not 1 <= len(pdf.pages) <= MOST_PAGES:
        raise Refused("pages")
    return len(pdf.pages)


def _walk(thing, depth):
    """One object with what stands directly within it; those that it refers to are walked by themselves."""
    if depth > DEEPEST:
        raise Refused("too-much")
    if isinstance(thing, pikepdf.Array):
        for one in thing:
            if isinstance(one, pikepdf.Object) and not one.is_indirect:
                _walk(one, depth + 1)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        _judge(thing)
        for _key, one in thing.items():
            if isinstance(one, pikepdf.Object) and not one.is_indirect:
                _walk(one, depth + 1)


def _judge(thing):
    keys = set(thing.keys())
    if keys & RUNS or _name(thing, "/S") in ACTIONS:
        raise Refused("runs")
    if keys & HIDES or _name(thing, "/Type") in ("/EmbeddedFile", "/Collection"):
        raise Refused("hides")
    if _name(thing, "/Subtype") in ANNOTATIONS:
        raise Refused("plays")


def _name(thing, key):
    found = thing.get(key)
    return str(found) if isinstance(found, pikepdf.Name) else ""
