"""Files of trade statistics as their publishers write them, made for tests."""

import csv
import io

# The columns of a download from comtradeplus.un.org, in their order.
HEADER = (
    "typeCode,freqCode,refPeriodId,refYear,refMonth,period,reporterCode,reporterISO,reporterDesc,flowCode,flowDesc,partnerCode,"
    "partnerISO,partnerDesc,partner2Code,partner2ISO,partner2Desc,classificationCode,classificationSearchCode,"
    "isOriginalClassification,cmdCode,cmdDesc,aggrLevel,isLeaf,customsCode,customsDesc,mosCode,motCode,motDesc,qtyUnitCode,"
    "qtyUnitAbbr,qty,isQtyEstimated,altQtyUnitCode,altQtyUnitAbbr,altQty,isAltQtyEstimated,netWgt,isNetWgtEstimated,grossWgt,"
    "isGrossWgtEstimated,cifvalue,fobvalue,primaryValue,legacyEstimationFlag,isReported,isAggregate"
)
COMTRADE = HEADER.split(",")

COUNTRIES = {
    "uz": ("860", "UZB", "Uzbekistan"),
    "az": ("31", "AZE", "Azerbaijan"),
    "world": ("0", "W00", "World"),
    "tr": ("792", "TUR", "Türkiye"),
}


def comtrade_row(reporter="uz", partner="az", flow="X", year=2023, month=0, code="TOTAL", value="25600000.5", **cells):
    """One row of a Comtrade file as a mapping; `cells` replaces columns by name."""
    there, here = COUNTRIES[partner], COUNTRIES[reporter]
    row = {
        "typeCode": "C",
        "freqCode": "M" if month else "A",
        "refPeriodId": f"{year}{month or 1:02}01",
        "refYear": year,
        "refMonth": month or 52,
        "period": f"{year}{month:02}" if month else year,
        **dict(zip(("reporterCode", "reporterISO", "reporterDesc"), here, strict=True)),
        "flowCode": flow,
        "flowDesc": {"X": "Export", "M": "Import"}.get(flow, flow),
        **dict(zip(("partnerCode", "partnerISO", "partnerDesc"), there, strict=True)),
        **dict(zip(("partner2Code", "partner2ISO", "partner2Desc"), COUNTRIES["world"], strict=True)),
        "classificationCode": "H6",
        "classificationSearchCode": "HS",
        "isOriginalClassification": "True",
        "cmdCode": code,
        "cmdDesc": "All Commodities" if code == "TOTAL" else "Edible fruit and nuts; peel of citrus fruit, or melons",
        "aggrLevel": 0 if code == "TOTAL" else len(code),
        "isLeaf": "False",
        "customsCode": "C00",
        "customsDesc": "TOTAL CPC",
        "mosCode": "0",
        "motCode": "0",
        "motDesc": "TOTAL MOT",
        "qtyUnitCode": "-1",
        "qtyUnitAbbr": "N/A",
        "qty": "0",
        "isQtyEstimated": "False",
        "cifvalue": value if flow == "M" else "",
        "fobvalue": value if flow == "X" else "",
        "primaryValue": value,
        "legacyEstimationFlag": "0",
        "isReported": "False",
        "isAggregate": "True",
    }
    return row | cells


def comtrade(*rows, header=None, mark=True, encoding="utf-8", separator=","):
    """The bytes of a Comtrade file: a mark, quoted text where it has commas, and a comma too many at the end of each row."""
    names = header or COMTRADE
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([*(row.get(name, "") for name in names), ""])
    return (b"\xef\xbb\xbf" if mark else b"") + out.getvalue().encode(encoding)


PLAIN = ("reporter", "partner", "flow", "period_type", "year", "period", "value", "currency", "released_on", "source")


def plain_row(**cells):
    """One row of the plain layout as a mapping."""
    row = {"reporter": "uz", "partner": "az", "flow": "export", "period_type": "year", "year": 2023, "period": 0, "value": "25600000"}
    return row | {"currency": "USD", "released_on": "2024-05-31", "source": "S12"} | cells


def plain(*rows, header=PLAIN, separator=","):
    """The bytes of a plain file."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([row.get(name, "") for name in header])
    return out.getvalue().encode()
