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

# A frame (docs/formats.md): magic, kind, version, layout, length; the body; a digest.
HEADER, DIGEST, MAGIC = struct.Struct("<8sIIQQ"), 8, b"tenbin\r\n"
CHAIN_PART, TALLY_PART = 4, 6  # kinds


def frames(data):
    """Kind and body of each whole frame."""
    at = 0
    while at + HEADER.size <= len(data):
        magic, kind, _, _, length = HEADER.unpack_from(data, at)
        end = at + HEADER.size + length + DIGEST
        if magic != MAGIC or end > len(data):
            return
        yield kind, data[at + HEADER.size : end - DIGEST]
        at = end


def blocks_of_fit(data):
    """Whole blocks of a fit's checkpoint: parts of chains, behind a frame with the run's key."""
    return sum(kind == CHAIN_PART for kind, _ in frames(data))


def blocks_of_tally(data):
    """Blocks of 256 futures in one part of a projection's checkpoint: the key, then a tally in a frame of its own, which
    begins with their number."""
    for kind, body in frames(data):
        if kind != TALLY_PART:
            continue
        key = struct.unpack_from("<Q", body)[0]
        for _, tally in frames(body[8 + key + 8 :]):
            return struct.unpack_from("<Q", tally)[0]
    return 0


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
