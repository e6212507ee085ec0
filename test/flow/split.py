# split: the packets of a pcap, in order, in so many files: split.py FILE.pcap COUNT PREFIX.
import struct
import sys

data = open(sys.argv[1], 'rb').read()
pieces, prefix = int(sys.argv[2]), sys.argv[3]
order = '<' if data[:4] in (b'\xd4\xc3\xb2\xa1', b'\x4d\x3c\xb2\xa1') else '>'
at, packets = 24, []
while at < len(data):
    length, = struct.unpack_from(order + 'I', data, at + 8)
    packets.append(data[at:at + 16 + length])
    at += 16 + length
for i in range(pieces):
    with open('%s%03d.pcap' % (prefix, i), 'wb') as out:
        out.write(data[:24] + b''.join(packets[len(packets) * i // pieces:len(packets) * (i + 1) // pieces]))
