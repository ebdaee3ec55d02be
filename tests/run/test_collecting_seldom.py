"""A command searches for unreachable objects seldom, and frees nothing when it ends."""

from __future__ import annotations

import gc
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor

from planbook.child_processes import begin_worker
from planbook.produce.site.process_state import undisturbed
from planbook.seldom_collected import collecting_seldom
from planbook.worker_context import worker_context


def test_a_command_searches_for_cycles_seldom_and_leaves_python_as_it_was() -> None:
    before = gc.get_threshold()
    with collecting_seldom():
        assert gc.get_threshold() > before
    assert gc.get_threshold() == before


def test_a_worker_searches_for_cycles_as_seldom_as_its_command() -> None:
    with collecting_seldom():
        seldom = gc.get_threshold()
    with ProcessPoolExecutor(1, worker_context([]), begin_worker) as workers:
        assert workers.submit(gc.get_threshold).result() == seldom


def held_still() -> int:
    """Return how many objects are never searched after something was held still."""
    with undisturbed():
        pass
    return gc.get_freeze_count()


def test_a_worker_goes_on_searching_none_of_what_it_was_copied_with() -> None:
    with ProcessPoolExecutor(1, worker_context([]), begin_worker) as workers:
        assert workers.submit(held_still).result() > 0


def test_a_command_ends_without_freeing_what_is_left_after_all_that_is_registered() -> None:
    ended = (
        "import atexit, click\n"
        "from planbook.run.command import run\n"
        "class Left:\n    def __del__(self): print('freed')\n"
        "left = Left()\n"
        "atexit.register(lambda: print('registered'))\n"
        "run(click.Command('x', callback=lambda: print('said')))"
    )
    done = subprocess.run([sys.executable, "-c", ended], capture_output=True, check=True)
    assert done.stdout.split() == [b"said", b"registered"]


def test_a_copy_of_what_notebooks_need_searches_none_of_it() -> None:
    asked = "import gc, planbook.produce.notebooks.worker; print(gc.get_freeze_count() > 100_000)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True)
    assert done.stdout.strip() == b"True"
