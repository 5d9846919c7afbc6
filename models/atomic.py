"""Files that are written whole or not at all."""

import os
from pathlib import Path
from secrets import token_hex

from taohua.documents.errors import TaohuaError

__all__ = ["write_atomically"]


def write_atomically(path: Path, data: bytes) -> None:
    """Write `data` to `path`; a crash leaves the old file or the new one.

    A link is followed, an existing file keeps its mode, a new one gets what the umask leaves. A
    pipe or device is written to as it stands.

    Raises
    ------
    TaohuaError
        If the file cannot be written.
    """
    target = path.resolve()
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(data)
            return
        fresh = target.with_name(f".{target.name}.{token_hex(4)}")
        mode = target.stat().st_mode & 0o7777 if target.exists() else 0o666
        try:
            with os.fdopen(
                os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb"
            ) as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if target.exists():
                fresh.chmod(mode)  # the umask took bits away
            fresh.replace(target)
        finally:
            fresh.unlink(missing_ok=True)
    except OSError as error:
        raise TaohuaError(f"output {str(path)!r} cannot be written: {error.strerror}") from error
