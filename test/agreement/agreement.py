#!/usr/bin/env python3
"""Whether our counts agree with an independent count: tshark takes the packets apart, and the rule of what is an
access is written a second time here, from the contract's words.

    agreement.py SIGHTINGS MIMAMORI MAKE-CAPTURE CAPTURES        speaks TAP

Each capture is counted twice: with its most frequent destination as the one point, and with every address there is.
Every difference must have its reason in REASONS. Made captures are also taken into a ledger and asked for by query."""

import collections
import concurrent.futures
import csv
import datetime
import ipaddress
import os
import subprocess
import sys
import tempfile
import zoneinfo

ZONE = "Asia/Tokyo"
EVERYWHERE = "0.0.0.0/0,::/0"
SECONDS = 120

FIELDS = """frame.number frame.time_epoch frame.protocols frame.cap_len ip.hdr_len ip.src ip.dst ip.proto ip.frag_offset
ipv6.src ipv6.dst ipv6.nxt ipv6.hopopts.nxt ipv6.routing.nxt ipv6.fraghdr.nxt ipv6.fraghdr.offset ipv6.dstopts.nxt
ah.next_header mip6.proto hip.proto tcp.srcport tcp.dstport tcp.flags tcp.hdr_len udp.srcport udp.dstport
icmp.type icmp.ident icmpv6.type icmpv6.echo.identifier""".split()
# Nothing put together, nothing guessed, nothing above TCP and UDP.
OPTIONS = """ip.defragment:FALSE ipv6.defragment:FALSE tcp.desegment_tcp_streams:FALSE
tcp.analyze_sequence_numbers:FALSE tcp.try_heuristic_first:FALSE udp.try_heuristic_first:FALSE""".split()

# IPv6's extension headers and where tshark says what comes next.
EXTENSIONS = {0: "ipv6.hopopts.nxt", 43: "ipv6.routing.nxt", 44: "ipv6.fraghdr.nxt", 60: "ipv6.dstopts.nxt",
              51: "ah.next_header", 135: "mip6.proto", 139: "hip.proto"}
REPLIES = {("icmp", 0): 8, ("icmp", 14): 13, ("icmp", 16): 15, ("icmp", 18): 17, ("icmp", 43): 42,
           ("icmp6", 129): 128, ("icmp6", 161): 160}
ERRORS = {3, 4, 5, 11, 12}


class Packet:
    """The outermost IP packet of a frame, and, of an ICMP error, the packet that it quotes."""

    def __init__(self, fields):
        self.time = fields["frame.time_epoch"]
        self.fields = {name: value.split(";") if value else [] for name, value in fields.items()}
        layers = fields["frame.protocols"].split(":")
        versions = [layer for layer in layers if layer in ("ip", "ipv6")]
        self.ip = self.header(versions[0]) if versions else None
        self.quoted = self.header(versions[1]) if len(versions) > 1 else None
        if self.ip:
            self.take_transport()

    def header(self, version):
        """The next header of a version: each call takes its fields away."""
        first = lambda name: self.fields[name].pop(0) if self.fields[name] else None
        if version == "ip":
            source, destination, number, offset = map(first, ("ip.src", "ip.dst", "ip.proto", "ip.frag_offset"))
            return (source, destination, number and int(number, 0), int(offset or "0", 0) > 0)
        source, destination, number = map(first, ("ipv6.src", "ipv6.dst", "ipv6.nxt"))
        number, later = number and int(number, 0), False
        while number in EXTENSIONS and not later:
            later = number == 44 and int(first("ipv6.fraghdr.offset") or "0", 0) > 0
            following = first(EXTENSIONS[number])
            number = None if following is None else int(following, 0)
        return (source, destination, number, later)

    def take_transport(self):
        version = ipaddress.ip_address(self.ip[0]).version if self.ip[0] else 4
        self.protocol = {6: "tcp", 17: "udp", 1: "icmp" if version == 4 else "ip",
                         58: "icmp6" if version == 6 else "ip"}.get(self.ip[2], "ip")
        number = lambda name, at=0: int(self.fields[name][at], 0) if len(self.fields[name]) > at else None
        self.ports = (number(f"{self.protocol}.srcport"), number(f"{self.protocol}.dstport")) \
            if self.protocol in ("tcp", "udp") else (0, 0)
        self.flags = number("tcp.flags") if self.protocol == "tcp" else 0
        icmp = {"icmp": ("icmp.type", "icmp.ident"), "icmp6": ("icmpv6.type", "icmpv6.echo.identifier")}.get(self.protocol)
        self.type = number(icmp[0]) if icmp else 0
        self.identifier = number(icmp[1]) if icmp else 0
        self.take_quote(number, icmp)

    def take_quote(self, number, icmp):
        self.quote = None
        if not icmp or not self.quoted or not self.is_error() or self.quoted[3]:
            return
        source, destination, protocol, _ = self.quoted
        ports = (0, 0)
        if protocol in (6, 17):
            name = "tcp" if protocol == 6 else "udp"
            ports = (number(f"{name}.srcport"), number(f"{name}.dstport"))
        elif protocol == (1 if self.protocol == "icmp" else 58):
            ports = (number(icmp[1]), number(icmp[0], 1))
        if None not in ports and source and destination:
            self.quote = (source, destination, protocol, ports)

    def untold(self):
        """TCP's flags stand in the 14th byte, but tshark looks no further where the header gives its length as less than
        20, and tells them only where 16 bytes were captured."""
        if self.protocol != "tcp" or self.flags is not None:
            return False
        length = self.fields["tcp.hdr_len"]
        return int(length[0]) < 20 if length else self.captured_of_tcp() in (14, 15)

    def captured_of_tcp(self):
        header = self.fields["ip.hdr_len"]
        sizes = {"eth": 14, "ethertype": 0, "vlan": 4, "ieee8021ad": 4, "ip": int(header[0]) if header else 0,
                 "ipv6": 40, "ipv6.hopopts": 8}
        layers = self.fields["frame.protocols"][0].split(":")
        before = [sizes.get(layer) for layer in layers[:layers.index("tcp")]] if "tcp" in layers else [None]
        return None if None in before else int(self.fields["frame.cap_len"][0]) - sum(before)

    def whole(self):
        """Far enough for the rule: addresses, ports, TCP's flags, an ICMP message's type."""
        return None not in (self.ip[0], self.ip[1], self.ip[2], *self.ports, self.flags, self.type)

    def is_error(self):
        return self.type is not None and (self.type in ERRORS if self.protocol == "icmp" else
                                          self.type < 128 if self.protocol == "icmp6" else False)


def to_many(address):
    address = ipaddress.ip_address(address)
    return address.is_multicast or str(address) == "255.255.255.255"


class Rule:
    """What counts as an access."""

    def __init__(self, blocks):
        self.blocks = [ipaddress.ip_network(block) for block in blocks.split(",")]
        self.sent = {}
        self.rows = collections.Counter()
        self.untold = collections.Counter()
        self.zone = zoneinfo.ZoneInfo(ZONE)
        self.known = {}

    def ours(self, address):
        if address not in self.known:
            number = ipaddress.ip_address(address)
            self.known[address] = any(number.version == block.version and number in block for block in self.blocks)
        return self.known[address]

    def asked(self, key, time):
        return any(0 <= time - sent <= SECONDS * 10**9 for sent in self.sent.get(key, ()))

    def remember(self, packet, time):
        source, destination, number, _ = packet.ip
        ports = (packet.identifier, packet.type) if packet.protocol in ("icmp", "icmp6") else packet.ports
        if None not in ports:
            self.sent.setdefault((source, destination, number, ports), []).append(time)

    def answered(self, packet, time):
        source, destination, number, _ = packet.ip
        if packet.protocol in ("tcp", "udp"):
            return self.asked((destination, source, number, packet.ports[::-1]), time)
        if packet.is_error():
            return packet.quote is not None and packet.quote[0] == destination and self.asked(packet.quote, time)
        request = REPLIES.get((packet.protocol, packet.type))
        return request is not None and self.asked((destination, source, number, (packet.identifier, request)), time)

    def day(self, time):
        try:
            return datetime.datetime.fromtimestamp(time // 10**9, self.zone).date().isoformat()
        except (ValueError, OverflowError):
            return "no year of Python's"

    def arrived(self, packet, time):
        source, destination, number, _ = packet.ip
        if packet.protocol == "icmp6" and 133 <= packet.type <= 137:
            return
        if self.answered(packet, time):
            return
        backscatter = packet.is_error() or (packet.protocol, packet.type) in REPLIES
        port = packet.ports[1]
        if packet.protocol == "tcp":
            backscatter = bool(packet.flags & 0x04) or packet.flags & 0x12 == 0x12
        if packet.protocol in ("tcp", "udp"):
            port = packet.ports[0 if backscatter else 1]
        elif packet.protocol == "ip":
            port = number
        else:
            port = packet.type
        day = self.day(time)
        kind = "backscatter" if backscatter else "contact"
        self.rows[day, "0", kind, packet.protocol, str(port), str(ipaddress.ip_address(source))] += 1

    def see(self, packet):
        if not packet.ip or packet.ip[3] or not packet.time:
            return
        if packet.untold() and self.ours(packet.ip[1]):
            self.untold[str(ipaddress.ip_address(packet.ip[0]))] += 1
        if not packet.whole():
            return
        seconds, _, fraction = packet.time.partition(".")
        time = int(seconds) * 10**9 + int((fraction + "0" * 9)[:9])
        source, destination = packet.ip[:2]
        if self.ours(destination) and not to_many(destination):
            self.arrived(packet, time)
        if self.ours(source) and source != destination:
            self.remember(packet, time)


def read_by_tshark(path):
    command = ["tshark", "-n", "-r", path]
    for option in OPTIONS:
        command += ["-o", option]
    command += ["-T", "fields", "-E", "separator=/t", "-E", "aggregator=;"]
    for field in FIELDS:
        command += ["-e", field]
    said = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    lines = said.stdout.decode().splitlines()
    return [Packet(dict(zip(FIELDS, line.split("\t")))) for line in lines]


def read_by_us(program, path, point):
    said = subprocess.run([program, ZONE, path, point], stdout=subprocess.PIPE, check=True)
    lines = said.stdout.decode().splitlines()
    rows = collections.Counter()
    for line in lines[1:]:
        *key, accesses = line.split("\t")
        key[5] = str(ipaddress.ip_address(key[5]))
        rows[tuple(key)] += int(accesses)
    return int(lines[0]), rows


# Where the two differ: in how many rows with every address a point, and why ours is right.
REASONS = {
    "timestamp_invalid_micro.pcap": (1, "a fraction of a million microseconds and more is no time"),
    "timestamp_invalid_nano.pcap": (1, "a fraction of a thousand million nanoseconds and more is no time"),
    "pcapng-example.pcapng": (12, "microseconds beyond all years are no time"),
    "icmp-frame-relay.pcap": (1, "frame relay is no link type of ours: told as unknown"),
    "arkime__tests__pcap__nflog.pcap": (1, "NFLOG is no link type of ours: told as unknown"),
    "tcpdump__tests__nflog.pcap": (4, "NFLOG is no link type of ours: told as unknown"),
    "MplsPackets.pcap": (1, "Ethernet within MPLS is a tunnel, and tunnels are not opened"),
}
# The same of packets read, as test_captures.c has it: packets of ours, and why.
OTHERS = {
    "brcm-tag.pcap": 15, "dsa.pcap": 8,  # link types that tshark does not open the file for
    "complex.pcapng": 5, "test102.pcapng": 5, "test017.pcapng": 0, "test018.pcapng": 4,
    "test202.pcapng": 8,  # custom blocks and journal entries are no packets
}


def named(table, path, otherwise):
    return next((value for name, value in table.items() if path.endswith(name)), otherwise)


def explain(rows, others, untold):
    """Takes from our rows what tshark does not tell about their source."""
    for key in sorted(rows):
        more = min(rows[key] - others[key], untold[key[5]])
        if key[3] == "tcp" and more > 0:
            rows[key] -= more
            untold[key[5]] -= more


def differences(rows, others):
    return [f"{' '.join(key)}: {rows[key]} (tshark and the rule: {others[key]})"
            for key in sorted(rows.keys() | others.keys()) if rows[key] != others[key]]


def most_frequent(packets):
    seen = collections.Counter(packet.ip[1] for packet in packets
                               if packet.ip and packet.ip[1] and not to_many(packet.ip[1]))
    return min(seen, key=lambda address: (-seen[address], address)) if seen else None


def by_the_rule(packets, point):
    rule = Rule(point)
    for packet in packets:
        rule.see(packet)
    return rule.rows, rule.untold


def wrong_with(program, path):
    """What does not agree about one capture, and how many accesses and backscatter do."""
    packets = read_by_tshark(path)
    wrong, agreed = [], 0
    differ, _ = named(REASONS, path, (0, ""))
    for point in filter(None, (EVERYWHERE, most_frequent(packets))):
        read, rows = read_by_us(program, path, point)
        if read != named(OTHERS, path, len(packets)):
            wrong.append(f"{read} packets read (tshark: {len(packets)})")
        others, untold = by_the_rule(packets, point)
        explain(rows, others, untold)
        found = differences(rows, others)
        if len(found) > differ or (point == EVERYWHERE and len(found) < differ):
            wrong += [f"point {point}, {len(found)} rows differ (expected {differ}):"] + found[:20]
        agreed += sum((rows & others).values())
    return wrong, agreed


def wrong_with_ledger(mimamori, program, path, points):
    """The same capture through observe and query gives the rows that counting gave."""
    ledger = path + ".ledger"
    run = lambda *words: subprocess.run([mimamori, *words, "--ledger", ledger], stdout=subprocess.PIPE, check=True).stdout
    run("init", "--zone", ZONE)
    for name, blocks in points.items():
        run("point", "add", name, *blocks.split(","))
    run("observe", path)
    asked = run("query", "SELECT day, point, kind, protocol, port, source, accesses FROM sighting", "--format", "csv")
    rows = collections.Counter()
    for row in list(csv.reader(asked.decode().splitlines()))[1:]:
        port = row[4].split("/")[0]
        rows[row[0], row[1], row[2], row[3], port, str(ipaddress.ip_address(row[5]))] += int(row[6])
    counted = subprocess.run([program, ZONE, path, *points.values()], stdout=subprocess.PIPE, check=True).stdout
    others = collections.Counter()
    for line in counted.decode().splitlines()[1:]:
        day, point, kind, protocol, port, source, accesses = line.split("\t")
        others[day, list(points)[int(point)], kind, protocol, port, str(ipaddress.ip_address(source))] += int(accesses)
    return differences(rows, others)[:20], sum(others.values())


class Tap:
    count = failed = 0

    def tell(self, wrong, sentence):
        self.count += 1
        self.failed += bool(wrong)
        print(f"{'not ok' if wrong else 'ok'} {self.count} - {sentence}", flush=True)
        for line in wrong:
            print(f"#   {line}")


def others_captures(folder):
    manifest = os.path.join(folder, "MANIFEST.tsv")
    if not os.path.exists(manifest):
        return []
    with open(manifest, encoding="utf-8") as lines:
        return [os.path.join(folder, row["file"]) for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]


def main():
    program, mimamori, make_capture, folder = sys.argv[1:]
    if subprocess.run(["sh", "-c", "command -v tshark"], stdout=subprocess.DEVNULL, check=False).returncode:
        print("1..0 # SKIP no tshark to count with")
        return 0
    tap = Tap()
    with tempfile.TemporaryDirectory() as work, concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        made = {}
        for kind, noise in (("points", 2000), ("network", 300), ("sensor", 1000), ("ipv6", 1000)):
            made[kind] = os.path.join(work, kind + ".pcap")
            with open(made[kind], "wb") as out:
                subprocess.run([make_capture, "--kind", kind, "--packets", "8000", "--sources", "500", "--noise", str(noise)],
                               stdout=out, check=True)
        captures = list(made.values()) + others_captures(folder)
        for path, (wrong, agreed) in zip(captures, pool.map(lambda path: wrong_with(program, path), captures)):
            why = named(REASONS, path, (0, ""))[1]
            tap.tell(wrong, f"{os.path.basename(path)}: {agreed} packets counted as tshark and the rule do"
                     + (f" ({why})" if why else ""))
        points = {f"p{i}": f"203.0.113.{i},2001:db8:113::{i:x}" for i in range(1, 10)}
        for kind in ("points", "sensor"):
            wrong, agreed = wrong_with_ledger(mimamori, program, made[kind], points)
            tap.tell(wrong, f"a ledger that took in '{kind}' answers with the {agreed} that were counted")
        if not others_captures(folder):
            print(f"ok {tap.count + 1} - captures of others # SKIP none in '{folder}'")
            tap.count += 1
    print(f"1..{tap.count}")
    return 1 if tap.failed else 0


if __name__ == "__main__":
    sys.exit(main())
