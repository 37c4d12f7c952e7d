# SPDX-License-Identifier: Apache-2.0
# Workbooks that are cut short, locked, something else, or made to hurt: each must be refused with a clear message, in little
# memory, and leave nothing behind. The seconds are printed, not judged.
import os
import shutil
import subprocess
import sys
import time

tenbin, source, work = os.environ["TENBIN"], os.environ["SOURCE"], os.path.join(os.environ["WORK"], "hostile")
most_memory = 200  # MB, and tenbin's own code is in it


def tried(file, name, word):
    os.replace(file, "book.xlsx")
    before = time.time()
    to = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    pid = os.posix_spawn(tenbin, [tenbin, "import", "sipri", "book.xlsx", "-o", "panel"], os.environ,
                         file_actions=[(os.POSIX_SPAWN_OPEN, 1, "out", to, 0o644), (os.POSIX_SPAWN_OPEN, 2, "said", to, 0o644)])
    _, status, used = os.wait4(pid, 0)
    seconds, memory = time.time() - before, used.ru_maxrss / 1024
    with open("said", encoding="utf-8") as f:
        said = f.read()
    rc, good = os.waitstatus_to_exitcode(status), name.endswith("good")
    left = sorted(x for x in os.listdir(".") if x not in ("book.xlsx", "said", "out", "list") and not x.endswith(".case"))
    ok = rc == (0 if good else 3) and word in said and memory < most_memory and left == (["panel"] if good else [])
    print(f"{'ok ' if ok else 'BAD'} {seconds:5.2f} s {memory:5.0f} MB  {name}: {said.strip()[:150]}")
    if not ok:
        print(f"    exit {rc}, left {left}")
    return ok


shutil.rmtree(work, ignore_errors=True)
os.makedirs(work)
# by another process: one counts the memory of the process that started it
subprocess.run([sys.executable, os.path.join(source, "tests/hostile_workbooks.py"), work], check=True)
os.chdir(work)
with open("list", encoding="utf-8") as f:
    outcome = [tried(*line.rstrip("\n").split("\t")) for line in f]
sys.exit(not all(outcome))
