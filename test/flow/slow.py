"""slow: many connections that send next to nothing.

    slow.py PORT COUNT SECONDS

Opens COUNT connections, each of which says a little of a request, another byte every other second, and never all of it.
Prints "open N" when all are there, then "closed N" after SECONDS."""
import resource
import selectors
import socket
import sys
import time

port, count, seconds = map(int, sys.argv[1:])
soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
count = min(count, hard - 100)
selector = selectors.EpollSelector()
STARTS = [b"", b"G", b"GET /en/ HTTP/1.1\r\n", b"POST /en/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
          b"Content-Length: 100000\r\n\r\na="]
open_now = []
for number in range(count):
    connection = socket.create_connection(("127.0.0.1", port), timeout=20)
    connection.sendall(STARTS[number % len(STARTS)])
    connection.setblocking(False)
    selector.register(connection, selectors.EVENT_READ)
    open_now.append(connection)
print("open", len(open_now), flush=True)
closed = 0
end = time.monotonic() + seconds
while time.monotonic() < end:
    for key, _ in selector.select(2):
        try:
            gone = key.fileobj.recv(4096) == b""
        except OSError:
            gone = True
        if gone:
            selector.unregister(key.fileobj)
            key.fileobj.close()
            closed += 1
    for connection in open_now:
        try:
            if connection.fileno() >= 0:
                connection.send(b"a")
        except OSError:
            pass
print("closed", closed, flush=True)
