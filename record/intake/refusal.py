"""What the process that opens files says when it does not take one."""


class Refused(Exception):
    """The file is not taken; `code` names the reason, which `checking` says in words."""

    def __init__(self, code):
        self.code = code
        super().__init__(code)
