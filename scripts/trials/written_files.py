"""A disk that loses its power: what is left of files when only what was synced is certain to be there.

What is certain: the bytes of a file that were written before an fsync or fdatasync of it began that came back. Every
other write, and every other change of a file's length, may be there, or not, or in some of its sectors only. A sector
is written whole or not at all.

What is certain of names (made, linked, renamed, removed) depends on the file system:
- `ordered`, as ext4 does it (its journal, jbd2, writes all names and lengths down in their order): the changes of names
  that are left are the first so many, and syncing a file or a folder makes certain all up to the last one that
  concerns it. That is what ext4 promises at least; it often keeps more.
- strict, as POSIX has it: only syncing a folder makes the names in it certain, and nothing but syncing the folder above
  it makes the name of the folder itself certain.
"""
import fnmatch
import os

SECTOR = 512
# How much of what is not certain is left: nothing and everything are the ends, torn takes single sectors.
STYLES = ["lost", "lost", "all", "first", "mixed", "torn"]


class File:
    """A file, or a folder, whatever its names are: the bytes that are certain, and the changes that are not."""

    def __init__(self, is_folder=False):
        self.is_folder = is_folder
        self.certain = bytearray()
        self.pending = []
        self.position = 0

    def now(self):
        """The bytes as programs see them."""
        content = bytearray(self.certain)
        for change in self.pending:
            change.apply(content)
        return content


class Change:
    """A write of bytes at an offset; without bytes the length becomes the offset."""

    def __init__(self, offset, data):
        self.offset, self.data = offset, data
        self.is_done = False

    def apply(self, content, keeps=lambda _: True):
        """Does it to the sectors that `keeps` names."""
        if self.data is None:
            del content[self.offset:]
            content.extend(bytes(self.offset - len(content)))
            return
        end = self.offset + len(self.data)
        for sector in range(self.offset // SECTOR, (end - 1) // SECTOR + 1):
            first, last = max(sector * SECTOR, self.offset), min((sector + 1) * SECTOR, end)
            if keeps(sector):
                content.extend(bytes(max(0, last - len(content))))
                content[first:last] = self.data[first - self.offset:last - self.offset]


class Name:
    """A change of names: a path that is gone, a path that stands for a file now, or both."""

    def __init__(self, file, gone, made, folder):
        self.gone, self.made, self.file, self.folder = gone, made, file, folder
        self.is_done = False

    def apply(self, names):
        names.pop(self.gone, None)
        if self.made is not None:
            names[self.made] = self.file


class Disk:
    """The files below a root, as calls change them.

    Syncs of files whose names match `deaf` do nothing: what a program is worth that leaves them out.
    """

    def __init__(self, root, ordered=True, deaf=None):
        self.root, self.ordered, self.deaf = root, ordered, deaf
        # The folder that the root is in was there before.
        self.live = {os.path.dirname(root): File(is_folder=True)}
        self.certain = dict(self.live)
        self.pending = []

    def step(self, call, is_end):
        """A call begins or ends."""
        if call.result is None or call.result < 0 or call.target.startswith("TCP"):
            return
        if is_end:
            self._end(call)
            return
        call.changes = []
        if call.name in ("fsync", "fdatasync"):
            call.changes = self._covered(self.live[call.target])
        elif call.name in ("write", "pwrite64", "writev"):
            file = self.live[call.target]
            offset = file.position if call.offset is None else call.offset
            if call.offset is None:
                file.position += call.result
            self._change(call, file, Change(offset, call.data[:call.result]))
        elif call.name == "ftruncate":
            self._change(call, self.live[call.target], Change(call.offset, None))
        elif call.name == "openat":
            file = self.live.get(call.target)
            if file is None:
                self._name(call, File(), None, call.target)
            elif call.flag("O_TRUNC"):
                self._change(call, file, Change(0, None))
            self.live[call.target].position = 0
        elif call.name == "mkdir":
            self._name(call, File(is_folder=True), None, call.target)
        elif call.name == "link":
            self._name(call, self.live[call.target], None, call.other)
        elif call.name == "rename":
            self._name(call, self.live[call.target], call.target, call.other)
        elif call.name == "unlink":
            self._name(call, self.live[call.target], call.target, None)

    def _change(self, call, file, change):
        call.changes = [change]
        file.pending.append(change)

    def _name(self, call, file, gone, made):
        # Nothing here moves between folders, so one folder stands for both names.
        name = Name(file, gone, made, self.live[os.path.dirname(made or gone)])
        call.changes = [name]
        self.pending.append(name)
        name.apply(self.live)

    def _covered(self, file):
        """What a sync of the file that begins now makes certain: (data, names)."""
        data = [change for change in file.pending if change.is_done]
        if not self.ordered:
            return data, [name for name in self.pending if name.folder is file and name.is_done]
        concerned = [index for index, name in enumerate(self.pending)
                     if name.is_done and (name.file is file or name.folder is file)]
        return data, self.pending[:concerned[-1] + 1] if concerned else []

    def _end(self, call):
        if call.name not in ("fsync", "fdatasync"):
            for change in call.changes:
                change.is_done = True
            return
        if self.deaf is not None and fnmatch.fnmatch(os.path.basename(call.target), self.deaf):
            return
        file = self.live[call.target]
        data, names = call.changes
        # What another sync has made certain meanwhile is not pending any more.
        for change in [change for change in file.pending if change in data]:
            change.apply(file.certain)
            file.pending.remove(change)
        for name in [name for name in self.pending if name in names]:
            name.apply(self.certain)
            self.pending.remove(name)

    def contents(self):
        """What programs see: path below the root and bytes of every file."""
        return {path: bytes(file.now()) for path, file in self.live.items()
                if not file.is_folder and path.startswith(self.root)}

    def after_power_loss(self, random):
        """What may be left: (a word for how much, path and bytes of every file, None for a folder)."""
        style = random.choice(STYLES)
        names = dict(self.certain)
        for name in self._left_names(style, random):
            name.apply(names)
        left = {}
        for path, file in sorted(names.items()):
            # A name in a folder that is lost is lost with it; sorted, the folder comes first.
            if not path.startswith(self.root) or (path != self.root and os.path.dirname(path) not in left):
                continue
            left[path] = None if file.is_folder else self._left_bytes(file, style, random)
        return style, left

    def _left_names(self, style, random):
        if style in ("lost", "all"):
            return self.pending if style == "all" else []
        if self.ordered:
            return self.pending[:random.randint(0, len(self.pending))]
        return [name for name in self.pending if random.random() < 0.5]

    @staticmethod
    def _left_bytes(file, style, random):
        content = bytearray(file.certain)
        first = random.randint(0, len(file.pending))
        for index, change in enumerate(file.pending):
            if style == "all" or (style == "first" and index < first) or (style == "mixed" and random.random() < 0.5):
                change.apply(content)
            elif style == "torn" and (change.data is not None or random.random() < 0.5):
                change.apply(content, lambda _: random.random() < 0.5)
        return bytes(content)
