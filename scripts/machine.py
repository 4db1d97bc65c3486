"""Run a command in a virtual machine, with this computer's files and groups of the kernel.

The limits of a run are held by groups (cgroup v2), which many computers and most containers do
not hand on.  Here a kernel of Debian starts in qemu and hands on all of them; it sees the files
of this computer, and what it writes is gone when it ends:

    python scripts/machine.py .venv/bin/python -m pytest -q tests/runs

It needs qemu-system-x86, busybox-static and a kernel, the newest of /boot unless another is named:

    apt-get download linux-image-6.1.0-50-amd64 && dpkg -x linux-image-*.deb old
    depmod -b old 6.1.0-50-amd64
    python scripts/machine.py --root old uname -a
"""

from __future__ import annotations

import argparse
import lzma
import shlex
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

MODULES = ("virtio_pci", "9p", "9pnet_virtio", "overlay")
FOLDERS = ("bin", "dev", "modules", "written", "host", "all")
FINISHED = "The machine ends with code "
INIT = f"""#!/bin/busybox sh
/bin/busybox --install -s /bin
mount -t devtmpfs devtmpfs /dev
exec </dev/null >/dev/console 2>&1
for module in /modules/*; do insmod $module; done
mount -t tmpfs tmpfs /written
mkdir /written/files /written/work
mount -t 9p -o ro,trans=virtio,version=9p2000.L,cache=loose,msize=512000 host /host
mount -t overlay -o lowerdir=/host,upperdir=/written/files,workdir=/written/work overlay /all
mount -t proc proc /all/proc
mount -t sysfs sysfs /all/sys
mount -t cgroup2 -o nsdelegate cgroup2 /all/sys/fs/cgroup
mount -t devtmpfs devtmpfs /all/dev
mkdir -p /all/dev/pts /all/dev/shm
mount -t devpts -o ptmxmode=666 devpts /all/dev/pts
mount -t tmpfs -o mode=1777 tmpfs /all/dev/shm
mount -t tmpfs -o mode=1777 tmpfs /all/run
ln -s /proc/self/fd /all/dev/fd
ifconfig lo 127.0.0.1 up
cp /command /all/command
env -i HOME=/root LANG=C.UTF-8 TMPDIR=/run PATH=$PATH chroot /all /bin/sh /command
echo "{FINISHED}$?"
poweroff -f
"""


def modules(folder: Path) -> Iterator[Path]:
    """Yield the modules that the start needs, each after those that it needs itself."""
    lines = (folder / "modules.dep").read_text(encoding="utf-8").splitlines()
    needs = {file: rest.split() for file, _, rest in (line.partition(":") for line in lines)}
    passed = set[str]()
    for name in MODULES:
        for file, others in needs.items():
            if Path(file).name.partition(".")[0] == name:
                todo = [each for each in (*reversed(others), file) if each not in passed]
                passed.update(todo)
                yield from (folder / each for each in todo)


def packed(name: str, data: bytes, mode: int) -> bytes:
    """Return one file of a first file system, as cpio has it."""
    path = name.encode() + b"\0"
    numbers = (0, mode, 0, 0, 1, 0, len(data), 0, 0, 0, 0, len(path), 0)
    head = b"070701" + b"".join(b"%08X" % number for number in numbers) + path
    return head + bytes(-len(head) % 4) + data + bytes(-len(data) % 4)


def first_files(found: Iterable[Path], command: str) -> bytes:
    """Return the file system that the kernel starts with."""
    programs = {
        "bin/busybox": Path("/bin/busybox").read_bytes(),
        "init": INIT.encode(),
        "command": command.encode(),
    }
    for number, path in enumerate(found):
        data = path.read_bytes()
        programs[f"modules/{number:02}.ko"] = (
            lzma.decompress(data) if path.suffix == ".xz" else data
        )
    parts = [packed(name, b"", stat.S_IFDIR | 0o755) for name in FOLDERS]
    parts += [packed(name, data, stat.S_IFREG | 0o755) for name, data in programs.items()]
    return b"".join(parts) + packed("TRAILER!!!", b"", 0)


def qemu(kernel: Path, first: str, memory: str, accel: str) -> list[str]:
    """Return what starts the machine."""
    words = ["qemu-system-x86_64", "-kernel", str(kernel), "-initrd", first, "-m", memory]
    words += ["-smp", "2", "-nodefaults", "-no-reboot", "-display", "none", "-serial", "stdio"]
    words += ["-accel", accel, "-cpu", "max"]
    words += ["-append", "console=ttyS0 quiet panic=-1 no_timer_check"]
    shared = "local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap"
    return [*words, "-virtfs", shared]


def run(root: Path, memory: str, accel: str, command: list[str]) -> int:
    """Start the machine, show what it prints, and return how the command ended."""
    kernel = max((root / "boot").glob("vmlinuz-*"), key=lambda path: path.stat().st_mtime)
    found = modules(root / "lib" / "modules" / kernel.name.removeprefix("vmlinuz-"))
    code = 1
    with tempfile.NamedTemporaryFile(suffix=".cpio") as first:
        words = f"cd {shlex.quote(str(Path.cwd()))} && {shlex.join(command)}\n"
        first.write(first_files(found, words))
        first.flush()
        words = qemu(kernel, first.name, memory, accel)
        with subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as machine:
            for line in machine.stdout or ():
                text = line.decode("utf-8", "replace").rstrip("\r\n")
                if text.startswith(FINISHED):
                    code = int(text.removeprefix(FINISHED))
                else:
                    print(text, flush=True)
    return code


def main() -> int:
    """Read what is asked for."""
    parser = argparse.ArgumentParser(description="Run a command in a virtual machine.")
    parser.add_argument("--root", type=Path, default=Path("/"), help="where boot and lib are")
    parser.add_argument("--memory", default="2G", help="how much the machine has")
    parser.add_argument("--accel", default="kvm", help="tcg where the processor does not help")
    parser.add_argument("command", nargs=argparse.REMAINDER, help="and its arguments")
    asked = parser.parse_args()
    return run(asked.root, asked.memory, asked.accel, asked.command)


if __name__ == "__main__":
    sys.exit(main())
