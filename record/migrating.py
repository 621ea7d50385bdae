"""What migrations need beside Django's operations."""

from django.db.migrations.operations.base import Operation


class CreateModels(Operation):
    """All tables of an app at once.

    Django keeps the models of a state drawn, and after each `CreateModel` draws all anew that lead to it: in this record, where everything
    leads to its sources, half a minute for a hundred tables. Here they are drawn once, when all are there.
    """

    serialization_expand_args = ["models"]

    def __init__(self, models):
        self.models = models

    def state_forwards(self, app_label, state):
        # As `ProjectState.clear_delayed_apps_cache` lets go of them.
        state.__dict__.pop("apps", None)
        for model in self.models:
            model.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for model in self.models:
            model.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for model in reversed(self.models):
            model.database_backwards(app_label, schema_editor, from_state, to_state)

    def references_model(self, name, app_label):
        return any(model.references_model(name, app_label) for model in self.models)

    def describe(self):
        return f"Create {len(self.models)} models"
