"""A program of its own: passwords and a protected file in, the document out; nothing if no password opens it."""

from __future__ import annotations

import json
import sys
from io import BytesIO

from msoffcrypto import OfficeFile
from msoffcrypto.exceptions import DecryptionError, InvalidKeyError


def main() -> None:
    """Read a line of JSON with the passwords, then the file, and write the document."""
    passwords = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    for password in passwords:
        document = BytesIO()
        try:
            file = OfficeFile(BytesIO(data))
            file.load_key(password=password, verify_password=True)
            file.decrypt(document)
        except (InvalidKeyError, DecryptionError):
            continue
        sys.stdout.buffer.write(document.getvalue())
        return


if __name__ == "__main__":
    main()
