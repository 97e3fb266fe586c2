"""What a program did to the files of a folder and sent over TCP, read from the output of strace.

A system call has two moments, its beginning and its end, because other threads do things between the two: what began
may be on the disk, and only what ended before a sync began is certainly covered by it.
"""
import os
import re
import shutil
import subprocess

# A ? before a name: not every kernel has the call.
TRACED = ",".join(["openat", "write", "pwrite64", "writev", "ftruncate", "fsync", "fdatasync", "mkdirat", "unlinkat",
                   "linkat", "renameat", "renameat2", "sendto", "sendmsg", "read", "readv", "recvfrom", "recvmsg",
                   "mmap", *("?" + name for name in (
                       "open", "creat", "pwritev", "pwritev2", "truncate", "fallocate", "syncfs", "sync",
                       "sync_file_range", "msync", "rename", "unlink", "link", "symlink", "symlinkat", "mkdir",
                       "rmdir", "sendmmsg", "sendfile", "copy_file_range", "splice", "io_uring_setup"))])
WRITING = {"write", "pwrite64", "writev"}
SENDING = {"write", "writev", "sendto", "sendmsg"}
RECEIVING = {"read", "readv", "recvfrom", "recvmsg"}
# What `Disk` knows how to do; another call that changes a file of the folder makes a recording worthless.
MODELLED = WRITING | {"openat", "ftruncate", "fsync", "fdatasync", "mkdir", "rename", "unlink", "link"}

# The same calls by a descriptor of the folder.
FOLDER_CALLS = {"linkat": "link", "unlinkat": "unlink", "renameat": "rename", "renameat2": "rename", "mkdirat": "mkdir"}

STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')
DESCRIPTOR = re.compile(r"(?:\d+|AT_FDCWD)<([^<>]*(?:->[^<>]*)?)>(\(deleted\))?")
RESULT = re.compile(r"\)\s+= (-?\d+|\?)")


class NotPossible(Exception):
    """What this machine does not allow, or this trial does not know: nothing was tried."""


def check_strace():
    """Throws `NotPossible` where programs cannot be traced."""
    if shutil.which("strace") is None:
        raise NotPossible("strace is not installed (Debian: apt-get install strace)")
    tried = subprocess.run(["strace", "-f", "-o", os.devnull, "true"], capture_output=True, text=True, check=False)
    if tried.returncode != 0:
        raise NotPossible(f"strace may not trace programs here (ptrace): {tried.stderr.strip()}")


def strace(output, death=None):
    """The words before a command that record it; `death` is (call, n): SIGKILL where a thread begins its nth one."""
    kill = ["-e", f"inject={death[0]}:signal=SIGKILL:when={death[1]}"] if death else []
    # Not with --seccomp-bpf, which lets no signal be injected (strace 6.1). -yy shows what a descriptor stands for, so
    # that opening and closing need not be followed.
    return ["strace", "-f", "-yy", "-xx", "-s", str(1 << 24), "-o", output, "-e", f"trace={TRACED}",
            *kill]


def unhex(text):
    return bytes.fromhex(text.replace("\\x", ""))


class Call:
    """A system call on a file of the folder or on a TCP connection.

    `target` is the path or the connection, `other` the second path, `offset` a place in the file, or its new length;
    `result` is None when the call never came back: its process was killed.
    """

    def __init__(self, text):
        self.name = text[:text.index("(")]
        given = RESULT.search(text)
        self.result = None if given is None or given[1] == "?" else int(given[1])
        self.text = text if self.name in ("openat", "mmap") else ""
        self.offset = None
        strings = STRING.findall(text)
        if any(cut for _, cut in strings):
            raise NotPossible(f"strace cut a text off: {text[:200]}")
        strings = [unhex(string) for string, _ in strings]
        # Of a call on a descriptor the first one counts; a call on paths names it in full.
        descriptors = DESCRIPTOR.findall(text)
        self.target = self.other = self.data = None
        if self.name in WRITING | SENDING | RECEIVING | {"ftruncate", "fsync", "fdatasync", "mmap"}:
            if descriptors and not descriptors[0][1]:
                target = descriptors[0][0]
                # "TCP:[…]", or "UNIX-STREAM:[…]" of the socket to sprun-lua; paths are hexadecimal.
                self.target = target if ":[" in target else unhex(target).decode()
            self.data = b"".join(strings)
        elif strings:
            self.target = os.fsdecode(strings[0])
            folder = unhex(descriptors[0][0]).decode() if descriptors and text.find("<") < text.find('"') else "/"
            self.target = os.path.join(folder, self.target)
            if len(strings) > 1:
                self.other = os.path.join(unhex(descriptors[-1][0]).decode() if len(descriptors) > 1 else "/",
                                          os.fsdecode(strings[1]))
            self.name = FOLDER_CALLS.get(self.name, self.name)
        if self.name in ("pwrite64", "ftruncate"):
            self.offset = int(re.search(r", (\d+)\s*\)?\s*(?:=|$)", STRING.sub("", text))[1])

    def flag(self, name):
        return name in self.text


def is_inside(path, folder):
    # The -shm file of SQLite is not on the disk in any sense that counts: it is made anew after a crash.
    return path is not None and (path == folder or path.startswith(folder + "/")) and not path.endswith("-shm")


def matters(call, folder):
    """Whether a call is kept; throws `NotPossible` for one that changes files in a way that is not modelled."""
    if call.target is not None and call.target.startswith("TCP"):
        return call.name in SENDING | RECEIVING
    if call.name in ("sync", "syncfs", "io_uring_setup"):
        raise NotPossible(f"{call.name} is not modelled")
    if not (is_inside(call.target, folder) or is_inside(call.other, folder)) or call.name in RECEIVING:
        return False
    if call.name == "mmap":
        if call.flag("MAP_SHARED") and call.flag("PROT_WRITE"):
            raise NotPossible(f"{call.target} is written by mmap, which is not modelled")
        return False
    if call.name == "openat" and not (call.flag("O_CREAT") or call.flag("O_TRUNC")):
        return False
    if call.name not in MODELLED and call.result != -1:
        raise NotPossible(f"{call.name} on {call.target} is not modelled")
    return True


def read_trace(path, folder):
    """The moments of a trace, in order: (call, whether it is its end)."""
    moments, waiting = [], {}
    with open(path, encoding="ascii", errors="replace") as file:
        for line in file:
            process, text = line.rstrip("\n").split(None, 1)
            if text.startswith(("+++", "---")):
                continue
            if text.endswith("<unfinished ...>"):
                waiting[process] = [text[:-len("<unfinished ...>")], len(moments)]
                moments.append(None)
            elif text.startswith("<... "):
                begun, place = waiting.pop(process)
                call = Call(begun + text[text.index(">") + 1:])
                moments[place] = (call, False)
                moments.append((call, True) if call.result is not None else None)
            else:
                call = Call(text)
                moments.append((call, False))
                moments.append((call, True) if call.result is not None else None)
    for text, place in waiting.values():
        moments[place] = (Call(text), False)
    return [moment for moment in moments if moment is not None and matters(moment[0], folder)]


class Request:
    """A request that changes something: the moments at which its sending began and ended, and its answer came."""

    def __init__(self, method, path, body, begun, sent, answered):
        self.method, self.path, self.body = method, path, body
        self.begun, self.sent, self.answered = begun, sent, answered

    def __repr__(self):
        return f"{self.method} {self.path}"


def requests_in(moments, first):
    """The requests of a process that change something, in the order of their beginnings.

    Moments are counted from `first`; `sent` and `answered` are None where that did not happen.
    """
    connections = {}
    for moment, (call, is_end) in enumerate(moments, first):
        if not call.target.startswith("TCP"):
            continue
        pieces, replies = connections.setdefault(call.target, ([], []))
        if call.name in RECEIVING:
            if is_end and call.result > 0:
                replies.append(moment)
        elif not is_end and (call.result is None or call.result > 0):
            # A call that was killed has sent nothing; what it was to send tells which request it belonged to.
            call.piece = [moment, None, call.data if call.result is None else call.data[:call.result]]
            pieces.append(call.piece)
        elif is_end and call.result > 0:
            call.piece[1] = moment
    found = []
    for pieces, replies in connections.values():
        found += _parsed(pieces, replies)
    return sorted(found, key=lambda request: request.begun)


def _parsed(pieces, replies):
    sent = b"".join(data for _, _, data in pieces)
    place = 0
    while (end := sent.find(b"\r\n\r\n", place)) >= 0:
        head = sent[place:end].decode("latin-1")
        if "transfer-encoding" in head.lower():
            raise NotPossible("requests in chunks are not understood")
        length = re.search(r"\r\ncontent-length: *(\d+)", head, re.IGNORECASE)
        following = end + 4 + (int(length[1]) if length else 0)
        first, last = _piece(pieces, place), _piece(pieces, following - 1)
        method, path, _ = head.split(" ", 2)
        # Not where the process was killed before the first byte, or before the body was handed over: that has no
        # effect, and nothing tells what it was to be.
        if method not in ("GET", "HEAD") and first[1] is not None and last is not None:
            answered = next((reply for reply in replies if last[1] is not None and reply > last[1]), None)
            yield Request(method, path, sent[end + 4:following], first[0], last[1], answered)
        place = following


def _piece(pieces, place):
    """The piece that a byte was sent in; None for one that was not sent."""
    for piece in pieces:
        if place < len(piece[2]):
            return piece
        place -= len(piece[2])
    return None
