"""The command and its verbs, with one place for errors and their exit codes."""

import os
import sys
from pathlib import Path
from typing import Any

import click

from cancu.loaders.errors import CancuError

USAGE = 2
"""Exit code of bad input and wrong use."""
BUG = 70
"""Exit code of a fault of ours (EX_SOFTWARE of sysexits.h)."""

FILE = click.Path(path_type=Path, allow_dash=True)
"""A file of the user's; "-" is standard input. That it exists is checked when it is read, in the user's language."""


class Command(click.Group):
    """The group of verbs: every known error becomes one line on stderr and exit code 2."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the command and exit with its code; see `click.Group.main`."""
        try:
            code = super().main(*args, **{**kwargs, "standalone_mode": False})
        except click.exceptions.Exit as error:
            code = error.exit_code
        except click.exceptions.Abort:
            code = 130
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message(), err=True)
            code = USAGE
        except click.ClickException as error:
            say(usage_words(error))
            code = USAGE
        except CancuError as error:
            say(error.say(language()))
            code = USAGE
        except Exception as error:
            if os.environ.get("CANCU_DEBUG"):
                raise
            say(unexpected(error))
            code = BUG
        sys.exit(code if isinstance(code, int) else 0)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a verb; see `click.Group.invoke`. Click itself would end with 1 where the reader of our output has gone."""
        try:
            code = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            # `cancu … | head`: nothing more to write, also at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        return code


def language() -> str:
    """Language of messages: CANCU_LANG ("vi" or "en"), Vietnamese if not set."""
    return "en" if os.environ.get("CANCU_LANG", "vi").lower().startswith("en") else "vi"


def unexpected(error: Exception) -> str:
    """A fault of ours, said without its details."""
    name = type(error).__name__
    if language() == "en":
        return f"unexpected error ({name}). Set CANCU_DEBUG=1 to see where, and please report it."
    return f"lỗi bất ngờ ({name}). Đặt CANCU_DEBUG=1 để xem lỗi ở đâu, và xin báo lại."


def typed(text: str) -> str:
    """What somebody typed as an argument, read as UTF-8 whatever the locale; paths stay as Python gave them."""
    return os.fsencode(text).decode("utf-8", "replace")


def say(message: str) -> None:
    """One message on stderr."""
    click.echo(f"cancu: {message}", err=True)


def usage_words(error: click.ClickException) -> str:
    """A mistake in the use of the command, in the user's language."""
    if language() == "en":
        return f"{error.format_message()} See `cancu --help`."
    if isinstance(error, click.exceptions.NoSuchCommand):
        return f"Không có lệnh “{error.command_name}”. Xem `cancu --help`."
    if isinstance(error, click.NoSuchOption):
        return f"Không có tùy chọn {error.option_name}. Xem `cancu --help`."
    if isinstance(error, click.MissingParameter) and error.param:
        return f"Thiếu {error.param.human_readable_name}. Xem `cancu --help`."
    if isinstance(error, click.BadParameter) and error.param:
        return f"Giá trị của {error.param.human_readable_name} không hợp lệ: {error.message} Xem `cancu --help`."
    return f"Lệnh không đúng: {error.format_message()} Xem `cancu --help`."


def home_of(context: click.Context) -> Path:
    """Where snapshots live: --home, else CANCU_HOME, else the user's data directory of the platform."""
    chosen = (
        context.find_root().params.get("home")
        or context.params.get("home")
        or os.environ.get("CANCU_HOME")
    )
    if chosen:
        return Path(chosen)
    from platformdirs import user_data_path

    return user_data_path("cancu", appauthor=False)


home_option = click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    help="Thư mục dữ liệu (mặc định: CANCU_HOME). / Data folder.",
)
"""Every verb takes it; so does the command itself."""


@click.group(
    cls=Command,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help="Căn Cứ: mỗi nhiệm vụ của kế hoạch dựa trên văn bản nào, biết bằng cách nào.\n\n"
    "Căn Cứ traces every task of a Vietnamese administrative plan to its legal basis, with the words as evidence.",
    epilog="Ngôn ngữ thông báo / language of messages: CANCU_LANG=vi|en.",
)
@home_option
@click.version_option(package_name="cancu", prog_name="cancu")
def cancu(home: Path | None) -> None:
    """The command."""


def main() -> None:
    """Entry point of the console script."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    from cancu.cli import verbs

    verbs.register(cancu)
    cancu.main(prog_name="cancu")
