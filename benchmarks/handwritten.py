"""S of `benchmarks/scale`: the same answers from SQL written by hand and f-strings, on the same server and database. No framework, no cache.

What a programmer would write who knows the tables: rows with title, date, place, people, all counts of all choices; no translation
of the frame, no checks of the question. It is a measure and nothing else.
"""

import json
import os
import sqlite3
import threading
from html import escape
from urllib.parse import parse_qs

_own = threading.local()
PUBLIC = "e.state = 'published' AND e.publish_at <= datetime('now')"
ROW = "e.id, e.slug, e.title_en, e.date, e.kind, p.name_en, e.confirmation"
FROM = "events_event e LEFT JOIN record_place p ON p.id = e.place_id"
LOCAL = {"kind": "kind", "level": "level", "host": "host", "place": "place_id", "series": "series_id", "confirmed": "confirmation"}
BELOW = {
    "topic": ("events_event_topics", "topic_id"),
    "person": ("events_participant", "person_id"),
    "organisation": ("events_participant", "organisation_id"),
}


def ask(sql, *params):
    if not hasattr(_own, "connection"):
        _own.connection = sqlite3.connect(os.environ["DATABASE_URL"].removeprefix("sqlite:///"), isolation_level=None)
        _own.connection.execute("PRAGMA mmap_size=268435456")
    return _own.connection.execute(sql, params).fetchall()


def condition(asked, leaving_out=""):
    where, params = [PUBLIC], []
    if "topic" in asked and leaving_out != "topic":
        where.append("e.id IN (SELECT event_id FROM events_event_topics JOIN record_topic t ON t.id = topic_id WHERE t.slug = ?)")
        params.append(asked["topic"])
    if "after" in asked:
        where.append("e.date_to >= ?")
        params.append(asked["after"] + "-01-01")
    if "before" in asked:
        where.append("e.date_from <= ?")
        params.append(asked["before"] + "-12-31")
    return " AND ".join(where), params


def rows_of(asked, size):
    where, params = condition(asked)
    start = (int(asked.get("page", 1)) - 1) * size
    keys = ask(
        f"SELECT e.id FROM events_event e WHERE {where} ORDER BY e.sort_day DESC, e.number DESC LIMIT {size} OFFSET {start}", *params
    )
    marks = ",".join("?" * len(keys))
    found = ask(f"SELECT {ROW} FROM {FROM} WHERE e.id IN ({marks}) ORDER BY e.sort_day DESC, e.number DESC", *(key for (key,) in keys))
    people = {}
    taking = f"SELECT event_id, name_en FROM events_participant JOIN record_person n ON n.id = person_id WHERE event_id IN ({marks})"
    for event, name in ask(taking, *(key for (key,) in keys)):
        people.setdefault(event, []).append(name)
    return found, people


def counts(asked):
    """Every facet in one pass over what answers it, as `record.counting` does."""
    lines = []
    for name in (*LOCAL, *BELOW):
        where, params = condition(asked, name)
        if name in LOCAL:
            sql = f"SELECT e.{LOCAL[name]}, COUNT(*) FROM events_event e WHERE {where} GROUP BY 1"
        else:
            table, value = BELOW[name]
            sql = f"SELECT b.{value}, COUNT(DISTINCT e.id) FROM events_event e JOIN {table} b ON b.event_id = e.id WHERE {where} GROUP BY 1"
        lines += [
            f'<label class="choice"><input type="checkbox" name="{name}" value="{v}">{v} <span>{n}</span></label>'
            for v, n in ask(sql, *params)
        ]
    where, params = condition(asked)
    return ask(f"SELECT COUNT(*) FROM events_event e WHERE {where}", *params)[0][0], "\n".join(lines)


def listed(asked):
    found, people = rows_of(asked, 30)
    total, choices = counts(asked) if "counts" in asked else (0, "")
    cards = "".join(
        f'<li class="row"><p class="date">{date}</p><div><p class="kind">{kind} · {escape(place or "")}</p><h3><a href="/en/events/{slug}/">'
        f'{escape(title or "")}</a></h3><p class="meta">{escape(", ".join(people.get(key, [])))}</p></div><p class="sides">{sides}</p></li>'
        for key, slug, title, date, kind, place, sides in found
    )
    return f"<!doctype html><title>Events</title><p>{total}</p><ul>{cards}</ul><form>{choices}</form>"


def as_json(asked):
    found, people = rows_of(asked, 100)
    names = ("id", "slug", "title_en", "date", "kind", "place", "confirmation")
    return json.dumps([dict(zip(names, row, strict=True)) | {"people": people.get(row[0], [])} for row in found], ensure_ascii=False)


def searched(asked):
    words = " AND ".join(f'"{word}"' for word in asked["q"].lower().split())
    found = ask(
        "SELECT s.kind, s.number, s.title, s.summary FROM record_searchentry s WHERE s.since <= datetime('now') AND s.id IN"
        " (SELECT rowid FROM record_searchindex WHERE record_searchindex MATCH ?) ORDER BY s.day DESC LIMIT 30",
        words,
    )
    (total,) = ask("SELECT COUNT(*) FROM record_searchindex WHERE record_searchindex MATCH ?", words)[0]
    return f"<!doctype html><p>{total}</p>" + "".join(f"<li>{k}{n} {escape(t[:200])} {escape(s[:200])}</li>" for k, n, t, s in found)


def entry(slug):
    (row,) = ask(f"SELECT {ROW}, e.summary_en, e.body_en FROM {FROM} WHERE {PUBLIC} AND e.slug = ?", slug)
    sources = ask(
        "SELECT s.publisher, s.title, s.url FROM events_eventcitation c JOIN record_source s ON s.id = c.source_id WHERE c.event_id = ?",
        row[0],
    )
    people = ask("SELECT n.name_en FROM events_participant JOIN record_person n ON n.id = person_id WHERE event_id = ?", row[0])
    return f"<!doctype html><h1>{escape(row[2] or '')}</h1><p>{row[3]} {row[4]} {row[5]}</p><p>{row[7]}</p><p>{row[8]}</p>{people}{sources}"


def application(environ, start_response):
    path = environ["PATH_INFO"]
    asked = {name: values[0] for name, values in parse_qs(environ.get("QUERY_STRING", "")).items()}
    if path.endswith(".json"):
        body = as_json(asked)
    elif path.endswith("/search/"):
        body = searched(asked)
    elif path.endswith("/events/"):
        body = listed(asked)
    else:
        body = "" if path == "/healthz/" else entry(path.strip("/").rpartition("/")[2])
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return [body.encode()]
