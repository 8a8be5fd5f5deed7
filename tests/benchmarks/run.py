"""`make bench`: put the checkout first on the path and run the benchmarks."""

import runpy
import sys
from pathlib import Path

# In place of this folder, whose rooms would hide modules of the same name.
sys.path[0] = str(Path(__file__).resolve().parents[2])
runpy.run_module("tests.benchmarks", run_name="__main__", alter_sys=True)
