#!/bin/sh
# Damaged captures through the real program: it ends, by 0, 1 or 2; says in one sentence what is wrong where it is not 0; and
# its account adds up. DAMAGED=2000 looks longer. (Thousands more: test/unit/observe/test_damaged.c.)
. "$(dirname "$0")/lib.sh"
"$MAKE_CAPTURE" --kind sensor --packets 3000 >whole.pcap
cat >cases <<'END'
sections: pcapng | section | interface | ether ip4 tcp=1>1 | ether ip6 udp=1>2 | section big | interface link=101 | ip4 tcp=1>3 | ip6 tcp=1>4 | section | interface | interface link=276 | ether ip4 udp=1>5 | if=1 sll2 ip4 tcp=1>6
END
"$MAKE_GOLDEN" cases .
cat >damage.py <<'END'
"""damage.py COUNT: makes 0, 1, ... of the whole captures, each damaged in one of many ways, some then packed."""
import gzip
import random
import subprocess
import sys

dice = random.Random(2011)
wholes = [open(name, "rb").read() for name in ("whole.pcap", "sections.pcap")]
LIES = [0, 1, 3, 0xffffffff, 0x7fffffff, 0x80000000, 262144, 262145, 0x01000000]

def cut(b):
    return b[:dice.randrange(len(b))]

def flip(b):
    at = dice.randrange(len(b))
    return b[:at] + bytes([b[at] ^ dice.randrange(1, 256)]) + b[at + 1:]

def lie(b):
    at = dice.randrange(len(b) // 4) * 4
    return b[:at] + dice.choice(LIES).to_bytes(4, dice.choice(("little", "big"))) + b[at + 4:]

def garbage(b):
    at = dice.randrange(len(b))
    return b[:at] + dice.randbytes(dice.randrange(1, 300)) + b[at:]

def splice(b):
    return b[:dice.randrange(len(b))] + dice.choice(wholes)[dice.choice((0, dice.randrange(200))):]

def swap(b):
    at = dice.randrange(len(b) // 4) * 4
    end = len(b) // 4 * 4
    return b[:at] + b"".join(b[i:i + 4][::-1] for i in range(at, end, 4)) + b[end:]

def pack(b):
    how = dice.choice((None, None, gzip.compress, "zstd", "lz4"))
    if how is None:
        return b
    packed = how(b) if callable(how) else subprocess.run([how, "-c", "-q"], input=b, stdout=subprocess.PIPE, check=True).stdout
    return dice.choice((cut, flip, lambda bytes: bytes))(packed)

for number in range(int(sys.argv[1])):
    damaged = dice.choice((cut, flip, lie, garbage, splice, swap))(dice.choice(wholes))
    with open(f"{number}", "wb") as out:
        out.write(pack(damaged))
END
for program in zstd lz4; do
    command -v $program >/dev/null || sed -i "s/, \"$program\"//" damage.py
done
number=${DAMAGED:-60}
python3 damage.py "$number"
mimamori init >/dev/null
mimamori point add points 203.0.113.0/24 192.0.2.0/24 2001:db8::/32 >/dev/null
adds_up() { [ "$(sed -n '/"files"/q; s/^  "\([a-z_]*\)": \([0-9]*\),$/\1 \2/p' out |
    awk '$1 == "packets" { read = $2 } $1 != "packets" && $1 != "sources" { sum += $2 } END { print read != "" && read == sum }')" = 1 ]; }

# well FILE: one line of what is wrong, nothing where all is well. 124: it was still running after a minute.
well() {
    run timeout 60 "$MIMAMORI" observe --json "$1"
    case $code in
    0) [ ! -s err ] || echo "said something though all was read" ;;
    1) one_sentence err >/dev/null || echo "did not say in one sentence where it broke" ;;
    2) one_sentence err >/dev/null || echo "did not say in one sentence why not"; [ ! -s out ] || echo "told an account of nothing" ;;
    *) echo "exited $code" ;;
    esac
    [ "$code" -gt 1 ] || adds_up || echo "its account does not add up"
    echo "$code" >>codes
}
: >codes
at=0
while [ "$at" -lt "$number" ]; do
    well $at >wrong
    ok "damaged capture $at is read as far as it goes" empty wrong
    [ ! -s wrong ] || sed 's/^/#   /' err
    at=$((at + 1))
done
for code in 0 1; do
    ok "some of them ended by $code" grep -q "^$code\$" codes
done
exits 0 "the ledger is well afterwards" mimamori ledger check
done_testing
