"""Fixtures: a fresh world per test module or per test, taken down cleanly and checked for the rules that always hold."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

from world import World  # noqa: E402

@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """Tells fixtures whether the test itself passed."""
    report = (yield).get_result()
    if report.when == "call":
        item.told = report.passed


STORY_GROUPS = ("CG-G12", "CG-V2", "CG-V2W", "CG-G01", "CG-C1W")


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    """The demo district, served, for tests that tell one story after the other."""
    world = World(tmp_path_factory.mktemp("story"), groups=STORY_GROUPS)
    try:
        yield world.prepare().start()
    finally:
        world.close()


@pytest.fixture
def world(tmp_path):
    """The demo district, served, for one test."""
    world = World(tmp_path, groups=STORY_GROUPS)
    try:
        yield world.prepare().start()
    finally:
        world.close()
