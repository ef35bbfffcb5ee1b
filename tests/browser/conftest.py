"""What every browser test needs: a running server and a running Chromium."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import chromium, served


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    """A running server."""
    with served(home) as at:
        yield at


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A running Chromium."""
    with chromium() as running:
        yield running
