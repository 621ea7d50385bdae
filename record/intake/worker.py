"""The process in which files are opened: it limits itself, reads one file, and says in one line of JSON what it found.

    python -E -s -m record.intake.worker picture|pdf FILE FOLDER

It knows no settings, no database and no secret, and imports nothing that is large before its limits stand.
"""

import json
import resource
import sys

from record.intake.refusal import Refused

# Bytes of address space, seconds of the processor, bytes of one file that it may write.
MEMORY, SECONDS, WRITTEN = 1 << 30, 40, 64 << 20
# AVIF works with threads, each of which reserves a stack; one is enough.
LIMITS = ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_FSIZE, WRITTEN), (resource.RLIMIT_CORE, 0))


def limit():
    """Nothing beyond this, whatever the file says of itself."""
    for what, most in LIMITS:
        resource.setrlimit(what, (most, most))


def answer(kind, path, folder):
    """What is said of a file: its facts, or the code of the reason against it."""
    try:
        if kind == "picture":
            from record.intake import pixels as reader
        else:
            from record.intake import paper as reader
        return reader.read(path, folder)
    except Refused as refused:
        return {"refused": refused.code}
    except MemoryError:
        return {"refused": "too-much"}
    except Exception as error:  # Whatever a decoder stumbles over is a fault of the file, and said in one word.
        return {"refused": "broken", "error": f"{type(error).__name__}: {error}"[:200]}


if __name__ == "__main__":
    limit()
    sys.stdout.write(json.dumps(answer(*sys.argv[1:4])))
