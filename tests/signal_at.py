# SPDX-License-Identifier: Apache-2.0
"""signal_at.py OUT BLOCKS PID SIGNAL: sends SIGNAL (9, INT, STOP) to the process PID as soon as the checkpoint beside the
output OUT holds BLOCKS whole blocks or more. A moment is a number of blocks, not a time, so that a failure can be
repeated. Exit status 1: the process ended before that moment."""
import glob
import os
import signal
import struct
import sys
import time

FIT, TALLY = b"tenbin checkpoint 1\n", b"tenbin tally 1\n"  # first lines, docs/formats.md
DIGEST, KEY_LINE = 16, 65  # bytes: of a block's digest, and of the line with a tally's key


def blocks_of_fit(data):
    """Whole blocks of a fit's checkpoint: a header with the run's key, then size, body and digest of each block."""
    if not data.startswith(FIT) or len(data) < len(FIT) + 8:
        return 0
    at = len(FIT) + 8 + struct.unpack_from("<Q", data, len(FIT))[0]
    count = 0
    while at + 8 <= len(data):
        at += 8 + struct.unpack_from("<Q", data, at)[0] + DIGEST
        count += at <= len(data)
    return count


def blocks_of_tally(data):
    """Blocks of 256 futures in one part of a projection's checkpoint: the first number after the key."""
    at = len(TALLY) + KEY_LINE
    return struct.unpack_from("<Q", data, at)[0] if data.startswith(TALLY) and len(data) >= at + 8 else 0


def read(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:  # replaced by a newer part since it was listed
        return b""


def blocks(out):
    parts = glob.glob(glob.escape(out) + ".checkpoint.*")
    return blocks_of_fit(read(out + ".checkpoint")) + sum(blocks_of_tally(read(part)) for part in parts)


def ended(pid):
    stat = read(f"/proc/{pid}/stat")
    return not stat or stat.rsplit(b")", 1)[1].split()[0] == b"Z"


def main(out, wanted, pid, name):
    number = int(name) if name.isdigit() else getattr(signal, "SIG" + name)
    while blocks(out) < wanted:
        if ended(pid):
            print(f"the process ended before its checkpoint held {wanted} blocks", file=sys.stderr)
            return 1
        time.sleep(0.005)
    if ended(pid):
        print(f"the process ended right after its checkpoint held {wanted} blocks", file=sys.stderr)
        return 1
    os.kill(pid, number)
    return 0


sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]))
