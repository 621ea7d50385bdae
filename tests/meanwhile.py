"""What goes on while something else happens."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager


@contextmanager
def meanwhile(once):
    """Do `once` again and again, in a thread of its own, while the block lasts; yields the list of what it has returned so far.

    What it raises is raised at the end of the block.
    """
    end, told = threading.Event(), []

    def again():
        # A pause, so that what happens beside it is not slowed by it.
        while not end.wait(0.01):
            told.append(once())

    with ThreadPoolExecutor(1) as pool:
        going_on = pool.submit(again)
        try:
            yield told
        finally:
            end.set()
        going_on.result()
