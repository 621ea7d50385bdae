"""Whether the process lives, and whether the site may be relied upon. Both addresses tell nothing to strangers but yes or no."""

import functools
import importlib.util
import logging
import pkgutil
import shutil
import tempfile
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import JsonResponse
from django.views.decorators.cache import never_cache

log = logging.getLogger(__name__)
OK = "ok"


@never_cache
def healthz(request):
    """Whether the process lives. Asks nothing of the database."""
    return JsonResponse({"status": OK})


@never_cache
def readyz(request):
    """Whether everything is there that reading and writing need; 503 where something is not. Signed-in staff is told what."""
    found = {name: check() for name, check in CHECKS.items()}
    ready = all(said.startswith(OK) for said in found.values())
    if not ready:
        log.warning("Not ready: %s", "; ".join(f"{name}: {said}" for name, said in found.items() if not said.startswith(OK)))
    said = {"status": "ready" if ready else "not ready"}
    if _is_staff(request):
        said["checks"] = found
    return JsonResponse(said, status=200 if ready else 503)


def _is_staff(request):
    try:
        return request.user.is_authenticated and request.user.is_staff
    except (DatabaseError, InterfaceError):
        return False


def database():
    """Whether it answers, and whether it would be written to: a PostgreSQL that only follows another one would not."""
    is_postgres = connection.vendor == "postgresql"
    try:
        with connection.cursor() as cursor:
            cursor.execute("SHOW transaction_read_only" if is_postgres else "SELECT 'off'")
            (is_read_only,) = cursor.fetchone()
    except (DatabaseError, InterfaceError) as error:
        return f"does not answer: {error}"
    return "can only be read" if is_read_only == "on" else OK


def migrations():
    """Whether the database has the schema that this code wants."""
    try:
        applied = set(MigrationRecorder(connection).applied_migrations())
    except (DatabaseError, InterfaceError):
        return "unknown"
    missing = wanted() - applied
    return f"{len(missing)} not applied: run `manage.py migrate`" if missing else OK


@functools.cache
def wanted():
    """Every migration of this code by (app, name): from the files' names alone, since what is in them fills as much memory as the models."""
    folders = {app.label: MigrationLoader.migrations_module(app.label)[0] for app in apps.get_app_configs()}
    found = {label: importlib.util.find_spec(module) for label, module in folders.items() if module}
    return {
        (label, name)
        for label, spec in found.items()
        if spec and spec.submodule_search_locations
        for _finder, name, is_package in pkgutil.iter_modules(spec.submodule_search_locations)
        if not is_package and name[0] not in "_~"
    }


def cached():
    """Redis is an accelerator: without it the site is slower and whole, so this never says no."""
    if hasattr(cache, "is_reachable") and not cache.is_reachable():
        return f"{OK}, but Redis does not answer: each process remembers for itself"
    return OK


def storage():
    """Whether a file can be written where the files lie; of S3-compatible storage that is not asked."""
    if not isinstance(default_storage, FileSystemStorage) and not isinstance(getattr(default_storage, "_wrapped", None), FileSystemStorage):
        return f"{OK}, not asked: not a folder"
    try:
        root = Path(settings.MEDIA_ROOT)
        root.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=root) as file:
            file.write(b"0")
    except OSError as error:
        return f"cannot be written: {error.strerror}"
    return OK


def disk():
    """Whether there is room where the database and the files lie."""
    folders = [Path(settings.MEDIA_ROOT), Path(settings.BUNDLE_ROOT)]
    if connection.vendor == "sqlite":
        folders.append(Path(str(connection.settings_dict["NAME"])).parent)
    for folder in folders:
        there = next((place for place in (folder, *folder.parents) if place.exists()), Path("/"))
        if (free := shutil.disk_usage(there).free // 1_000_000) < settings.DISK_FREE_MB:
            return f"{free} MB free at {there}"
    return OK


CHECKS = {"database": database, "migrations": migrations, "cache": cached, "storage": storage, "disk": disk}
