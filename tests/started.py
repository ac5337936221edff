"""Starts `newscrawl` as its command line would, by the process of starter.py: `python -SI started.py SOCKET ARGUMENTS`.

Quick to start by itself, so that a shell of the tests can have it as its `newscrawl`.
"""

import json
import os
import socket
import sys
from typing import Any


def start(address: str, order: dict[str, Any], streams: list[int]) -> socket.socket:
    """Order a command with these streams (input, output, errors); its pid and then its exit code come as lines."""
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(address)
    socket.send_fds(connection, [b"+"], streams)
    connection.sendall(json.dumps(order).encode() + b"\n")
    return connection


def main() -> None:
    """Run the command on this process's streams and end as it does."""
    order = {"arguments": sys.argv[2:], "cwd": os.getcwd(), "env": dict(os.environ)}
    with start(sys.argv[1], order, [0, 1, 2]) as connection, connection.makefile() as answers:
        answers.readline()
        code = int(answers.readline() or 1)
    sys.exit(code if code >= 0 else 128 - code)


if __name__ == "__main__":
    main()
