"""The two forms in which texts travel: XLIFF 1.2 for translators' tools, CSV for spreadsheets."""

from itertools import groupby

from django.utils.translation import gettext as _
from lxml import etree

from record.tables import files
from record.tables.files import Unreadable
from record.translations.exchange.units import Unit, split

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
COLUMNS = ["id", "original_language", "language", "what", "original", "translation"]
TYPES = {"xlf": "application/x-xliff+xml; charset=utf-8", "csv": "text/csv; charset=utf-8"}


def write(form, units, lang):
    """The bytes of a file in one of the forms `xlf` and `csv`."""
    return _as_xliff(units, lang) if form == "xlf" else files.as_csv(COLUMNS, (_row(unit) for unit in units))


def _row(unit):
    own = [unit.id, unit.source_language, unit.target_language, unit.label, unit.source, unit.target]
    return dict(zip(COLUMNS, own, strict=True))


def _as_xliff(units, lang):
    """One `file` for each entry, since entries have originals in different languages."""
    root = etree.Element(f"{{{NAMESPACE}}}xliff", nsmap={None: NAMESPACE}, version="1.2")
    for key, group in groupby(units, key=lambda unit: unit.key):
        own = list(group)
        about = {"original": key, "datatype": "plaintext", "source-language": own[0].source_language, "target-language": lang}
        body = etree.SubElement(etree.SubElement(root, f"{{{NAMESPACE}}}file", about), f"{{{NAMESPACE}}}body")
        for unit in own:
            _add(body, unit)
    if not len(root):
        raise Unreadable(_("There is nothing to translate here."))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _add(body, unit):
    node = etree.SubElement(body, f"{{{NAMESPACE}}}trans-unit", {"id": unit.id, SPACE: "preserve"})
    etree.SubElement(node, f"{{{NAMESPACE}}}source").text = _printable(unit.source)
    state = {"state": "translated" if unit.target else "new"}
    etree.SubElement(node, f"{{{NAMESPACE}}}target", state).text = _printable(unit.target)
    etree.SubElement(node, f"{{{NAMESPACE}}}note").text = _printable(unit.label)


def _printable(text):
    """Without the few control characters that XML cannot hold."""
    return "".join(sign for sign in text if sign >= " " or sign in "\n\t\r")


def read(name, data):
    """The units of a file, by the end of its name. Raises Unreadable."""
    files.refuse_size(len(data))
    if name.lower().endswith((".xlf", ".xliff")):
        return _from_xliff(data)
    return _from_table(files.read(name, data))


def languages(units):
    """The languages that the units of a file say they are translated into."""
    return {unit.target_language for unit in units} - {""}


def _from_xliff(data):
    # Loaded with the first file, as a table's library is.
    from translate.storage import xliff

    files.refuse_declarations(data)
    try:
        # The tool's own parser is given bytes that are known to declare nothing.
        store = xliff.xlifffile.parsestring(data)
    except (etree.XMLSyntaxError, ValueError, StopIteration, AttributeError, TypeError, KeyError, IndexError) as error:
        line = getattr(error, "lineno", None)
        said = _("Line %(line)s is not XML that can be read.") % {"line": line} if line else _("The file cannot be read as XLIFF 1.2.")
        raise Unreadable(said) from error
    if len(store.units) > files.MOST_ROWS:
        raise Unreadable(_("The file has more than %(limit)s texts: hand it in in parts.") % {"limit": files.MOST_ROWS})
    units = [_xliff_unit(store, unit) for unit in store.units]
    if not units:
        raise Unreadable(_("The file holds no texts."))
    return units


def _xliff_unit(store, unit):
    # A tool may put the number of the file before the id of the unit: only what is in the element counts.
    node = unit.xmlelement
    above = next(node.iterancestors(store.namespaced("file")))
    key, path, seen = split(node.get("id") or "")
    return Unit(
        key=key or (node.get("id") or "")[:60],
        path=path or "",
        seen=seen or "",
        source_language=(above.get("source-language") or "")[:2].lower(),
        target_language=(above.get("target-language") or "")[:2].lower(),
        source=str(unit.source or ""),
        target=str(unit.target or ""),
        line=node.sourceline or 0,
    )


def _from_table(table):
    if missing := [name for name in COLUMNS if name not in table.names and name != "what"]:
        raise Unreadable(_("The column “%(name)s” is missing.") % {"name": missing[0]})
    if not table.rows:
        raise Unreadable(_("The file holds no texts."))
    return [_table_unit(line, row) for line, row in table.rows]


def _table_unit(line, row):
    key, path, seen = split(row["id"])
    return Unit(
        key=key or row["id"][:60],
        path=path or "",
        seen=seen or "",
        source_language=row["original_language"].strip(),
        target_language=row["language"].strip(),
        source=row["original"],
        target=row["translation"],
        line=line,
    )
