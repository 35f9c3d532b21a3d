"""`motcua kiosk`: the appliance at the entrance, which goes on when the server cannot be reached."""

from __future__ import annotations

import traceback
from importlib.metadata import version
from pathlib import Path

import click

from . import Trouble


@click.command()
@click.option(
    "--server", required=True, envvar="MOTCUA_SERVER", help="The server's address, http://10.0.0.5:8080."
)
@click.option(
    "--token",
    required=True,
    envvar="MOTCUA_TOKEN",
    help="The kiosk's token, or @FILE that holds it; see `motcua token create --role kiosk --kiosk ID`.",
)
@click.option("--printer", multiple=True, help="The printer's address; again for one that takes over.")
@click.option("--scanner", default="", help="The address of a code scanner; default: there is none.")
@click.option(
    "--data", default="kiosk-data", show_default=True, type=click.Path(path_type=Path, file_okay=False)
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8090, show_default=True, type=click.IntRange(0, 65_535), help="0: a free one."
)
def kiosk(
    server: str, token: str, printer: tuple[str, ...], scanner: str, data: Path, host: str, port: int
) -> None:
    """Serve the touch pages on this machine, print slips, and give numbers even while there is no server."""
    import kiosk as package
    from drivers.fault import DeviceFault
    from kiosk.agent import running
    from kiosk.agent.pages import Folders
    from kiosk.agent.server import HttpServer
    from kiosk.spool import SpoolTrouble

    options = running.Options(server, token_of(token), printer, data, host, port, version("motcua"), scanner)
    try:
        HttpServer(options.server, options.token)
        listener = running.listen(host, port)
    except ValueError as error:
        raise Trouble(str(error)) from error
    except OSError as error:
        raise Trouble(f"cannot listen on {host}:{port}: {error.strerror}; choose another --port") from error
    here = Path(__file__).parent.parent
    pages = here / "pages"
    folders = Folders(
        kiosk=Path(package.__path__[0]) / "pages",
        shared=pages / "shared",
        vendor=pages / "node_modules",
        texts=here / "texts",
    )
    try:
        running.run(options, folders, listener, lambda url: click.echo(f"Một Cửa kiosk: {url}"), _report)
    except DeviceFault as fault:
        raise Trouble(f"{fault.detail}; docs/hardware.md shows how devices are written") from fault
    except (SpoolTrouble, OSError) as error:
        raise Trouble(f"cannot use the folder {data}: {error}") from error


def token_of(given: str) -> str:
    """The token itself: on a command line everybody on the machine could read it, in a file not."""
    if not given.startswith("@"):
        return given
    try:
        return Path(given[1:]).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise Trouble(f"cannot read the token from {given[1:]}: {error.strerror}") from error


def _report(trouble: BaseException) -> None:
    said = "".join(traceback.format_exception(trouble)).rstrip()
    click.echo(f"motcua: {said}", err=True)
