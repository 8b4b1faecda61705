#!/usr/bin/python3
"""Writes the system calls' filter of a systemd unit as a BPF program, for a sandbox where systemd does not run.

usage: seccomp-of-unit.py UNIT BPF-FILE [--just-in-time]

It covers SystemCallFilter=, RestrictAddressFamilies=, MemoryDenyWriteExecute= and RestrictNamespaces= as systemd.exec(5) describes them.
--just-in-time leaves out what the native executable does not need and .NET's just-in-time compiler does: memory that is written and executed, and
the affinity of threads.
"""
import configparser
import errno
import socket
import subprocess
import sys

import seccomp

PROT_WRITE, PROT_EXEC = 2, 4
CLONE_NAMESPACES = 0x7E020000


class LastWins(dict):
    """A setting that stands several times: its values are added up, an empty one begins anew."""

    def __setitem__(self, key, value):
        if isinstance(value, list) and key in self and value != [""]:
            self[key].extend(value)
        else:
            super().__setitem__(key, value)


def groups():
    """The groups of system calls, by name, as this systemd defines them."""
    known, current = {}, None
    for line in subprocess.run(["systemd-analyze", "syscall-filter"], capture_output=True, text=True, check=True).stdout.splitlines():
        if line.startswith("@"):
            current = known.setdefault(line.strip(), [])
        elif line.startswith("    ") and current is not None and not line.strip().startswith("#"):
            current.append(line.strip())
    return known


def calls(names, known):
    for name in names:
        if name.startswith("@"):
            yield from calls(known[name], known)
        else:
            yield name


def allowed_calls(lines):
    known, allowed = groups(), set()
    for line in lines:
        if line.startswith("~"):
            allowed -= set(calls(line[1:].split(), known))
        else:
            allowed |= set(calls(line.split(), known)) | set(calls(["@default"], known))
    return allowed


def main(unit, target, *flags):
    parser = configparser.RawConfigParser(dict_type=LastWins, strict=False, interpolation=None)
    parser.optionxform = str
    with open(unit, encoding="utf-8") as lines:
        parser.read_file(lines)
    service = parser["Service"]
    deny = seccomp.ERRNO(getattr(errno, service["SystemCallErrorNumber"]))
    allowed = allowed_calls(service["SystemCallFilter"].splitlines())
    just_in_time = "--just-in-time" in flags
    if just_in_time:
        allowed.add("sched_setaffinity")

    program = seccomp.SyscallFilter(deny)
    arguments = {
        "socket": [[seccomp.Arg(0, seccomp.EQ, getattr(socket, family))] for family in service["RestrictAddressFamilies"].split()],
        "clone": [[seccomp.Arg(0, seccomp.MASKED_EQ, CLONE_NAMESPACES, 0)]],
    }
    if service["MemoryDenyWriteExecute"] == "yes" and not just_in_time:
        arguments["mprotect"] = arguments["pkey_mprotect"] = [[seccomp.Arg(2, seccomp.MASKED_EQ, PROT_EXEC, 0)]]
        arguments["mmap"] = [
            [seccomp.Arg(2, seccomp.MASKED_EQ, PROT_EXEC, 0)],
            [seccomp.Arg(2, seccomp.MASKED_EQ, PROT_WRITE | PROT_EXEC, PROT_EXEC)],
        ]
    for call in sorted(allowed):
        if call == "clone3":
            continue
        try:
            if call in arguments:
                for conditions in arguments[call]:
                    program.add_rule(seccomp.ALLOW, call, *conditions)
            else:
                program.add_rule(seccomp.ALLOW, call)
        except (RuntimeError, ValueError):
            pass  # Not a system call of this architecture.

    # As systemd does: the C library falls back to clone, whose flags a filter can see.
    program.add_rule(seccomp.ERRNO(errno.ENOSYS), "clone3")
    with open(target, "wb") as file:
        program.export_bpf(file)


main(*sys.argv[1:])
