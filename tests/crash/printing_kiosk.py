"""A program that prints from a spool until it is killed (arguments: spool, printer URL, slips as JSON)."""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path

from kiosk.print_process import PrinterProcess
from kiosk.print_work import PrintWork
from kiosk.spool import Spool
from queue_server.protocol import Slip


def main(spool_path: str, url: str, slips: str) -> None:
    spool = Spool(Path(spool_path))
    work = PrintWork(spool, [("first", PrinterProcess(url, Path(spool_path).parent))])
    for facts in json.loads(slips):
        spool.put(Slip.from_wire(facts))
    work.start()
    print("printing", flush=True)
    signal.pause()


if __name__ == "__main__":
    main(*sys.argv[1:])
