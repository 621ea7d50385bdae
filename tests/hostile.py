"""Files as nobody means well with: what the desk must refuse in words. Used by the tests and by `benchmarks/uploads`."""

import io
import random
import struct
import zipfile
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

SCRIPT = b"<html><body><script>alert(1)</script></body></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def picture(form="JPEG", size=(60, 40), **options):
    """A good picture."""
    out = io.BytesIO()
    noise = random.Random(1).randbytes(size[0] * size[1] * 3)
    Image.frombytes("RGB", size, noise).save(out, form, **options)
    return out.getvalue()


def document(change=lambda pdf: None, title="A text", **saved):
    """A good PDF of one page, or one that `change` has spoilt. The same bytes every time, unless it is encrypted."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(200, 200))
    page.Contents = pdf.make_stream(b"BT ET")
    pdf.docinfo["/Title"] = title
    change(pdf)
    out = io.BytesIO()
    pdf.save(out, **(saved or {"deterministic_id": True}))
    return out.getvalue()


def _zip():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("index.html", SCRIPT)
    return out.getvalue()


def _chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width, height, packed=b"", *, depth=8, colour=2):
    """A PNG that says of itself what it likes."""
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")


def _bomb(edge, depth=1):
    """A real flood: every row is there, packed a thousandfold."""
    packer = zlib.compressobj(6)
    row = bytes(1 + edge * depth // 8)
    packed = b"".join(packer.compress(row) for _ in range(edge)) + packer.flush()
    return png(edge, edge, packed, depth=depth, colour=0)


def _text_bomb():
    """A compressed note of 100 MB beside one pixel."""
    note = _chunk(b"zTXt", b"note\0\0" + zlib.compress(bytes(100_000_000), 6))
    whole = picture("PNG")
    return whole[:33] + note + whole[33:]


def _bent(data, at, value=0xFF):
    return data[:at] + bytes([data[at] ^ value]) + data[at + 1 :]


def _no_pictures():
    """Other things under the name of a picture."""
    return {
        "empty.jpg": b"",
        "page.jpg": SCRIPT,
        "drawing.svg": SVG,
        "drawing.png": b'<?xml version="1.0"?>' + SVG,
        "script.gif": b"GIF89a/*" + picture("GIF")[8:] + b"*/=1;alert(1)",
        "plain.gif": picture("GIF"),
        "document.jpg": document(),
        "archive.png": _zip(),
        "program.jpg": b"MZ" + bytes(200),
        "postscript.jpg": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        "bitmap.jpg": picture("BMP"),
        "tiff.jpg": picture("TIFF"),
    }


def _two_things(jpeg, whole, webp, avif):
    """A picture and something else in one file."""
    return {
        "jpeg-and-zip.jpg": jpeg + _zip(),
        "png-and-zip.png": whole + _zip(),
        "webp-and-zip.webp": webp + _zip(),
        "avif-and-page.avif": avif + SCRIPT,
        "jpeg-and-page.jpg": jpeg + SCRIPT,
        "jpeg-and-document.jpg": jpeg + document(),
        "jpeg-jpeg-and-zip.jpg": jpeg + jpeg + _zip(),
        "page-before.jpg": SCRIPT + jpeg,
    }


def _floods(jpeg):
    """Pictures that are, or say that they are, larger than anything."""
    moving = io.BytesIO()
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    frames[0].save(moving, "WEBP", save_all=True, append_images=frames[1:])
    return {
        "header-of-30000.png": png(30_000, 30_000, zlib.compress(b"\0")),
        "header-of-two-thousand-million.png": png(2**31 - 1, 2**31 - 1),
        "header-of-nothing.png": png(0, 0),
        "bomb.png": _bomb(30_000),
        "flood-within-the-bounds-of-the-header.png": png(6000, 6000, zlib.compress(bytes(9_000_000), 9)),
        "note-of-100-mb.png": _text_bomb(),
        "moving.webp": moving.getvalue(),
        "too-large.jpg": jpeg + bytes(12 * 1024 * 1024),
    }


def pictures():
    """{name: bytes} of files that are offered as pictures and are none, or more than one."""
    jpeg, whole = picture(size=(400, 300)), picture("PNG", (80, 60))
    webp, avif = picture("WEBP", (80, 60)), picture("AVIF", (80, 60))
    broken = {
        "crc.png": _bent(whole, 30),
        "crc-of-pixels.png": _bent(whole, len(whole) - 14),
        "pixels.png": _bent(whole, 60),
        "cut.webp": webp[: len(webp) // 2],
        "cut.avif": avif[: len(avif) // 2],
        "only-a-head.jpg": jpeg[:20],
    }
    broken |= {f"cut-{part}.jpg": jpeg[: len(jpeg) * part // 100] for part in (5, 30, 60, 90)}
    broken |= {f"cut-{part}.png": whole[: len(whole) * part // 100] for part in (10, 50, 95)}
    return _no_pictures() | _two_things(jpeg, whole, webp, avif) | _floods(jpeg) | broken


def _on_opening(**action):
    """A document that acts as soon as it is opened."""
    return document(lambda pdf: setattr(pdf.Root, "OpenAction", Dictionary(**action)))


def _note(**more):
    """A document with a note on its page."""
    return document(lambda pdf: setattr(pdf.pages[0].obj, "Annots", Array([Dictionary(Type=Name.Annot, Rect=[0, 0, 9, 9], **more)])))


def _rooted(**things):
    """A document with more in its root."""

    def change(pdf):
        for name, thing in things.items():
            pdf.Root[f"/{name}"] = thing

    return document(change)


def _acting():
    """Documents that do something."""
    script = {"S": Name.JavaScript, "JS": "app.alert(1)"}
    page = document(lambda pdf: setattr(pdf.pages[0].obj, "AA", Dictionary(O=Dictionary(**script))))
    packed = document(
        lambda pdf: setattr(pdf.Root, "OpenAction", pdf.make_indirect(Dictionary(**script))),
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    return {
        "opens-a-script.pdf": _on_opening(**script),
        "script-by-name.pdf": _rooted(Names=Dictionary(JavaScript=Dictionary(Names=Array(["x", Dictionary(**script)])))),
        "script-packed.pdf": packed,
        "script-on-closing.pdf": _rooted(AA=Dictionary(WC=Dictionary(**script))),
        "script-on-a-page.pdf": page,
        "script-on-a-link.pdf": _note(Subtype=Name.Link, A=Dictionary(**script)),
        "opens-an-address.pdf": _on_opening(S=Name.URI, URI="https://evil.example/"),
        "starts-a-program.pdf": _on_opening(S=Name.Launch, F="cmd.exe"),
        "starts-by-a-link.pdf": _note(Subtype=Name.Link, A=Dictionary(S=Name.Launch, F="cmd.exe")),
        "sends-a-form.pdf": _note(Subtype=Name.Link, A=Dictionary(S=Name.SubmitForm, F="https://evil.example/")),
        "form-of-xfa.pdf": document(
            lambda pdf: setattr(pdf.Root, "AcroForm", Dictionary(Fields=Array([]), XFA=pdf.make_stream(b"<xdp/>")))
        ),
    }


def _deep():
    thing = Array([])
    for _ in range(200):
        thing = Array([thing])
    return _rooted(PieceInfo=Dictionary(Deep=thing))


def _hiding():
    """Documents that hold, play or lock something."""

    def attach(pdf):
        pdf.attachments["x.html"] = SCRIPT

    return {
        "file-within.pdf": document(attach),
        "file-on-a-page.pdf": _note(Subtype=Name.FileAttachment, FS=Dictionary(Type=Name.Filespec, F="x")),
        "film.pdf": _note(Subtype=Name.RichMedia),
        "sound.pdf": _note(Subtype=Name.Sound),
        "collection.pdf": _rooted(Collection=Dictionary(View=Name.D)),
        "deep.pdf": _deep(),
        "password.pdf": document(encryption=pikepdf.Encryption(owner="o", user="u")),
        "locked.pdf": document(encryption=pikepdf.Encryption(owner="o", user="")),
    }


def documents():
    """{name: bytes} of files that are offered as PDF and act, hide, or are none."""
    whole = document()
    broken = {
        "empty.pdf": b"",
        "page.pdf": SCRIPT,
        "picture.pdf": picture(),
        "no-pages.pdf": document(lambda pdf: pdf.pages.__delitem__(0)),
        "and-a-page.pdf": whole + SCRIPT,
        "and-an-archive.pdf": whole + _zip(),
        "page-in-its-head.pdf": whole[:9] + b"%" + SCRIPT + b"\n" + whole[9:],
        "page-before.pdf": SCRIPT + whole,
        "cut.pdf": whole[: len(whole) // 2],
        "no-table.pdf": whole.replace(b"xref", b"xxxx"),
        "bent.pdf": whole.replace(b"/Pages", b"/Sages"),
        "only-a-head.pdf": b"%PDF-1.7\n%%EOF\n",
    }
    return _acting() | _hiding() | broken
