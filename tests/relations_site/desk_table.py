"""The table of the desk: who gets what at which address. The tests that read it are in test_desk_addresses.py.

A new page about a row belongs into AUTHOR and EDITOR (or AUTHOR_REFERENCE), one without a row into PLAIN, one of a single sort of row
into SINGLE; what another test answers for, into ELSEWHERE.
"""

ENTRIES = (
    "events_event",
    "cooperation_agreement",
    "cooperation_initiative",
    "cooperation_commitment",
    "cooperation_tradefigure",
    "cooperation_quotedfigure",
    "cooperation_gapcause",
)
REFERENCES = (
    "record_topic",
    "record_place",
    "record_person",
    "record_organisation",
    "record_series",
    "record_source",
    "record_office",
)
# Seen by an author only where readers see them, or where they are his own.
PRIVATE = ("record_disagreement", "record_picture")
STATES = ("draft", "review", "scheduled", "published", "withdrawn")

# page → role → sort of row → (GET, POST). “away”: led back as from a row that is not there.
# An editor's and an administrator's answers are the same.
ALL_STATES = dict.fromkeys([f"{whose}-{state}" for whose in ("own", "other") for state in STATES])
NEVER_SEEN = ("draft", "review")


def _table(own_draft, own_later, other_hidden, other_public):
    """An author's answers by sort of row."""
    rows = {f"other-{state}": other_hidden for state in STATES} | {f"own-{state}": own_later for state in STATES}
    return rows | {"own-draft": own_draft, "other-published": other_public}


AUTHOR = {
    "change": _table((200, 200), (200, 403), ("away", "away"), (200, 403)),
    "delete": _table((200, 200), (403, 403), ("away", "away"), (403, 403)),
    # Old versions name whatever the row once led to: they are for those who may see every row.
    "history": _table(("away", "away"), ("away", "away"), ("away", "away"), ("away", "away")),
    **dict.fromkeys(("versions", "compare", "restore-version"), _table((403, 403), (403, 403), ("away", "away"), (403, 403))),
    "presence": _table((405, 200), (405, 200), ("away", "away"), (403, 403)),
    # What is said to be different must be named.
    "doubles": _table((200, 404), (200, 403), ("away", "away"), (403, 403)),
    "preview": _table((200, 200), (200, 200), ("away", "away"), (403, 403)) | dict.fromkeys(("own-published", "own-withdrawn"), (403, 403)),
    "ask": _table((403, 403), (403, 403), ("away", "away"), (403, 403)),
    "translate": _table((200, 200), (403, 403), ("away", "away"), (403, 403)),
}
_DELETED = {row: (200, 200) if row.endswith(NEVER_SEEN) else (403, 403) for row in ALL_STATES}
EDITOR = {
    "change": dict.fromkeys(ALL_STATES, (200, 200)),
    "delete": _DELETED,
    "history": dict.fromkeys(ALL_STATES, ("away", "away")),
    "versions": dict.fromkeys(ALL_STATES, (200, 200)),
    # Without naming versions there is nothing to compare or to restore.
    **dict.fromkeys(("compare", "restore-version"), dict.fromkeys(ALL_STATES, (404, 404))),
    "translate": dict.fromkeys(ALL_STATES, (200, 200)),
    "presence": dict.fromkeys(ALL_STATES, (405, 200)),
    "doubles": dict.fromkeys(ALL_STATES, (200, 404)),
    "preview": dict.fromkeys(ALL_STATES, (200, 200)) | dict.fromkeys(("other-published", "other-withdrawn"), (403, 403)),
    "ask": dict.fromkeys(ALL_STATES, (200, 200)) | {"other-withdrawn": (403, 403)},
}
# Rows of reference tables: one's own that nothing leads to, one's own that readers see, and others'.
AUTHOR_REFERENCE = {
    "change": {"own": (200, 200), "own-used": (200, 403), "other": (200, 403), "private": ("away", "away")},
    "delete": {"own": (200, 200), "own-used": (403, 403), "other": (403, 403), "private": ("away", "away")},
    "history": dict.fromkeys(("own", "own-used", "other", "private"), ("away", "away")),
    **dict.fromkeys(
        ("versions", "compare", "restore-version"),
        {"own": (403, 403), "own-used": (403, 403), "other": (403, 403), "private": ("away", "away")},
    ),
    "presence": {"own": (405, 200), "own-used": (405, 200), "other": (405, 200), "private": ("away", "away")},
    "translate": {"own": (200, 200), "own-used": (403, 403), "other": (403, 403), "private": ("away", "away")},
    "links": {"own": (200, 200), "own-used": (200, 403), "other": (200, 403), "private": ("away", "away")},
}
# What needs no row: role → GET.
PLAIN = {
    "index": {"staff": 200, "author": 200, "editor": 200, "administrator": 200},
    "jsi18n": {"staff": 200, "author": 200, "editor": 200, "administrator": 200},
    "password_change": {"staff": 302, "author": 302, "editor": 302, "administrator": 302},
    "handbook": {"staff": 200, "author": 200, "editor": 200, "administrator": 200},
    **dict.fromkeys(
        ("translations", "translations_export", "translations_import", "tables"),
        {"staff": 403, "author": 403, "editor": 200, "administrator": 200},
    ),
    "password_change_done": {"staff": 200, "author": 200, "editor": 200, "administrator": 200},
    "autocomplete": {"staff": 403, "author": 403, "editor": 403, "administrator": 403},
    "cooperation_tradeimport_changelist": {"staff": 403, "author": 403, "editor": 200, "administrator": 200},
    "cooperation_tradeimport_add": {"staff": 403, "author": 403, "editor": 200, "administrator": 200},
    "auth_user_changelist": {"staff": 403, "author": 403, "editor": 403, "administrator": 200},
    "auth_user_add": {"staff": 403, "author": 403, "editor": 403, "administrator": 200},
    "auth_group_changelist": {"staff": 403, "author": 403, "editor": 403, "administrator": 200},
    "auth_group_add": {"staff": 403, "author": 403, "editor": 403, "administrator": 403},
}
# Exporting is asked of chosen rows.
PLAIN["translations_export"] = {"staff": 403, "author": 403, "editor": 302, "administrator": 302}
for _name in ("events_event", "cooperation_agreement", "cooperation_initiative"):
    PLAIN[f"{_name}_doubles_hint"] = {"staff": 403, "author": 200, "editor": 200, "administrator": 200}
    # What is typed comes by POST.
    PLAIN[f"{_name}_markdown"] = {"staff": 405, "author": 405, "editor": 405, "administrator": 405}
PLAIN["record_confirmationrequest_changelist"] = {"staff": 403, "author": 403, "editor": 200, "administrator": 200}
PLAIN["record_confirmationrequest_add"] = {"staff": 302, "author": 302, "editor": 302, "administrator": 302}
for _name in (*ENTRIES, *REFERENCES, *PRIVATE):
    PLAIN[f"{_name}_changelist"] = {"staff": 403, "author": 200, "editor": 200, "administrator": 200}
    PLAIN[f"{_name}_add"] = {"staff": 403, "author": 200, "editor": 200, "administrator": 200}
# An office changes its person's page.
PLAIN["record_office_add"] = {"staff": 403, "author": 403, "editor": 200, "administrator": 200}
# What is about one import, account or role: role → (GET, POST).
SINGLE = {
    "cooperation_tradeimport_change": {"author": (403, 403), "editor": (200, "away"), "administrator": (200, "away")},
    "cooperation_tradeimport_delete": {"author": (403, 403), "editor": (200, 200), "administrator": (200, 200)},
    "cooperation_tradeimport_history": {"author": (403, 403), "editor": (200, 200), "administrator": (200, 200)},
    "auth_user_change": {"author": (403, 403), "editor": (403, 403), "administrator": (200, 200)},
    "auth_user_delete": {"author": (403, 403), "editor": (403, 403), "administrator": (200, 200)},
    "auth_user_history": {"author": (403, 403), "editor": (403, 403), "administrator": (200, 200)},
    "auth_user_password_change": {"author": (403, 403), "editor": (403, 403), "administrator": (200, 200)},
    "auth_group_change": {"author": (403, 403), "editor": (403, 403), "administrator": (200, 403)},
    "auth_group_delete": {"author": (403, 403), "editor": (403, 403), "administrator": (403, 403)},
    "auth_group_history": {"author": (403, 403), "editor": (403, 403), "administrator": (200, 200)},
}
_EDITORS = {
    "change": (200, 200),
    "delete": (403, 403),
    "history": ("away", "away"),
    "versions": (200, 200),
    "compare": (404, 404),
    "restore-version": (404, 404),
    "presence": (405, 200),
}
for _page, _answers in _EDITORS.items():
    _staff = ("away", "away") if _page != "delete" else (403, 403)
    _author = ("away", "away") if _page == "history" else (403, 403)
    _of_request = {"staff": _staff, "author": _author, "editor": _answers, "administrator": _answers}
    SINGLE[f"record_confirmationrequest_{_page}"] = _of_request
# Open to everybody, because that is their purpose; those that answer only with arguments have tests of their own here or elsewhere:
# tables in tests/record/tables, files for translators in tests/record/translations, the handbook in test_handbook.py.
ELSEWHERE = {"login", "logout", "view_on_site", "app_list", "handbook-chapter"}
ELSEWHERE |= {"translations_preview", "table", "table_download", "table_preview"}
# The page itself that “preview” shows, in each language: tests/outlets/test_previews.py.
ELSEWHERE |= {
    f"{_name}_preview-page" for _name in ("events_event", "cooperation_agreement", "cooperation_initiative", "cooperation_commitment")
}
