"""A server with nothing but lines, for test_live_lines.py: `python -m tests.integration.line_server MODE`."""

from __future__ import annotations

import sys
from typing import Any

from queue_server import concurrency


def main(mode: str) -> None:
    entered = concurrency.enter(mode)
    from flask import Flask, request
    from flask_socketio import SocketIO

    from queue_server.live import wire
    from queue_server.live.lines import Frame, Line, line_of, open_lines

    app = Flask("lines")
    sockets = SocketIO(
        app, async_mode=mode, transports=["websocket"], json=wire, serializer=wire.CarefulPacket
    )
    open_lines(sockets)
    lines: dict[str, Line] = {}

    @sockets.on("connect")
    def connect(auth: Any = None) -> None:
        lines[request.sid] = line_of(request.environ)  # type: ignore[attr-defined]

    @sockets.on("disconnect")
    def disconnect(*_: Any) -> None:
        del lines[request.sid]  # type: ignore[attr-defined]

    @sockets.on("mix")
    def mix(asked: Any) -> Any:
        """Tell by the library and by the line in turns, sometimes letting others run."""
        sid = request.sid  # type: ignore[attr-defined]
        for number in range(asked["count"]):
            if number % 3 == 0:
                sockets.server.emit("told", number, to=sid)
            else:
                lines[sid].send(Frame("told", number))
            if number % 50 == 49:
                sockets.sleep(0)
        return {"kind": type(lines[sid]).__name__}

    @sockets.on("tell")
    def tell(asked: Any) -> Any:
        """Tell everybody; how many there are, and how many bytes wait for them."""
        for _ in range(asked["count"]):
            frame = Frame("bulk", "x" * asked["size"])
            for line in list(lines.values()):
                line.send(frame)
        return {"lines": len(lines), "held": sum(getattr(line, "_size", 0) for line in lines.values())}

    @sockets.on("fill")
    def fill(asked: Any) -> None:
        """Tell the asker alone."""
        lines[request.sid].send(Frame("bulk", "x" * asked["size"]))  # type: ignore[attr-defined]

    listener = concurrency.listen("127.0.0.1", 0)
    print(f"http://127.0.0.1:{listener.getsockname()[1]}/", flush=True)
    entered.serve_until_told(app, listener)


if __name__ == "__main__":
    main(sys.argv[1])
