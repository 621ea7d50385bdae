"""Where settings come from."""

import environ


class Environment(environ.Env):
    """Variables of the environment. A number, a switch or a list that is empty is one that is not set."""

    def get_value(self, var, cast=None, default=environ.Env.NOTSET, parse_default=False):
        if cast not in (None, str) and default is not self.NOTSET and self.ENVIRON.get(var) == "":
            return default
        return super().get_value(var, cast, default, parse_default)
