"""What a process that runs strangers' queries gives up: memory, priority, core files and the network.

Each holds where the system has it (Linux: all); what it lacks is left out, since queries are also refused by their text.
"""

import ctypes
import os
import platform
import struct
import sys

LOWEST = 10
"""Added to the niceness: everything else on the machine comes first."""

_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
"""PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP and SECCOMP_MODE_FILTER of prctl(2)."""
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
"""BPF_LD|BPF_W|BPF_ABS, BPF_JMP|BPF_JEQ|BPF_K and BPF_RET|BPF_K of linux/bpf_common.h."""
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 13
"""SECCOMP_RET_ALLOW, and SECCOMP_RET_ERRNO with EACCES."""

_MACHINES = {
    # machine: (AUDIT_ARCH, socket, io_uring_setup) of linux/audit.h and asm/unistd.h
    "x86_64": (0xC000003E, 41, 425),
    "aarch64": (0xC00000B7, 198, 425),
}


def confine(memory_bytes: int) -> None:
    """Limit this process for good: so many bytes of memory, low priority, no core file, no socket."""
    try:
        import resource
    except ImportError:  # not on Windows: the time limit still holds there
        return
    # Not the address space: allocators reserve much of it that they never use.
    resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(LOWEST)
    cut_off()


def cut_off() -> bool:
    """Let this process open no socket any more (seccomp(2), Linux on the machines known); whether that was done."""
    numbers = _MACHINES.get(platform.machine())
    if sys.platform != "linux" or numbers is None:
        return False
    architecture, *calls = numbers
    program = _program(architecture, calls)
    code = ctypes.create_string_buffer(program)
    # struct sock_fprog: the number of instructions, and where they are
    header = ctypes.create_string_buffer(
        struct.pack("HL", len(program) // 8, ctypes.addressof(code))
    )
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    prctl.argtypes = [ctypes.c_int] + [ctypes.c_ulong] * 4
    if prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    return bool(prctl(_SECCOMP, _FILTER, ctypes.addressof(header), 0, 0) == 0)


def _program(architecture: int, calls: list[int]) -> bytes:
    """Instructions of classic BPF (code, jump if true, jump if false, value) that refuse these system calls."""
    refused = len(calls)
    steps = [
        (_LOAD, 0, 0, 4),
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _ALLOW),
        (_LOAD, 0, 0, 0),
    ]
    steps += [(_EQUAL, refused - place, 0, call) for place, call in enumerate(calls)]
    steps += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
    return b"".join(struct.pack("HBBI", *step) for step in steps)
