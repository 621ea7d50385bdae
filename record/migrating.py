"""What migrations need beside Django's operations."""

from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.fields import FieldOperation


class Together(Operation):
    """Several operations on tables, with the models drawn before the first of them and after the last.

    Django keeps the models of a state drawn, and after each operation draws all anew that lead to a changed one: in this record, where
    everything leads to its sources, a hundred for each. That is half a minute for a new database; on PostgreSQL it is also how
    long a migration holds the tables that it has changed, and nobody reads them meanwhile. Here no lock waits for a drawing.
    """

    serialization_expand_args = ["operations"]

    def __init__(self, operations):
        self.operations = operations
        changed = [(operation.model_name_lower, operation.name_lower) for operation in operations if isinstance(operation, FieldOperation)]
        made = {operation.name_lower for operation in operations if isinstance(operation, CreateModel)}
        if len(changed) != len(set(changed)) or any(model in made for model, _name in changed):
            raise ValueError("Operations that build on each other are no operations that belong together.")

    def state_forwards(self, app_label, state):
        # As `ProjectState.clear_delayed_apps_cache` lets go of them.
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for operation, before, after in self._steps(app_label, schema_editor, from_state, to_state):
            operation.database_forwards(app_label, schema_editor, before, after)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        """Called with the state after as `from_state`."""
        for operation, before, after in reversed(list(self._steps(app_label, schema_editor, to_state, from_state))):
            operation.database_backwards(app_label, schema_editor, after, before)

    def _steps(self, app_label, schema_editor, before, after):
        """(operation, state before, state after), drawn already.

        SQLite makes a changed table anew, out of the models before it, so there each operation is given its own two states.
        """
        if schema_editor.connection.vendor != "sqlite" or all(isinstance(operation, CreateModel) for operation in self.operations):
            before.apps, after.apps  # noqa: B018
            yield from ((operation, before, after) for operation in self.operations)
            return
        for operation in self.operations:
            later = before.clone()
            operation.state_forwards(app_label, later)
            yield operation, before, later
            before = later

    def references_model(self, name, app_label):
        return any(operation.references_model(name, app_label) for operation in self.operations)

    def describe(self):
        return "; ".join(operation.describe() for operation in self.operations)
