"""front: requests as no browser sends them, byte by byte, each with what must come back.

    front.py PORT

Speaks TAP. `closed`: the connection must be closed after the answer, and nothing behind the request may be answered."""
import socket
import sys

PORT = int(sys.argv[1])
HOST = b"Host: desk.example.jp\r\n"
FORM = HOST + b"Content-Type: application/x-www-form-urlencoded\r\n"
SECOND = b"GET /en/privacy HTTP/1.1\r\nHost: second.example.jp\r\n\r\n"


def ask(raw):
    """The whole answer, and whether the other side closed."""
    answer = b""
    with socket.create_connection(("127.0.0.1", PORT), timeout=10) as connection:
        connection.sendall(raw)
        connection.settimeout(1.5)
        try:
            while more := connection.recv(65536):
                answer += more
        except TimeoutError:
            return answer, False
        except ConnectionResetError:
            pass
    return answer, True


def statuses(answer):
    """Each answer's status; bodies are passed over by their length."""
    found = []
    while answer:
        head, _, rest = answer.partition(b"\r\n\r\n")
        lines = head.split(b"\r\n")
        if not lines[0].startswith(b"HTTP/1."):
            return found + [0]
        found.append(int(lines[0].split()[1]))
        length = [int(line[15:]) for line in lines if line.lower().startswith(b"content-length:")]
        answer = rest[length[0] if length else 0:]
    return found


def get(path, more=b""):
    return b"GET " + path + b" HTTP/1.1\r\n" + HOST + more + b"\r\n"


# name, request, statuses that may come, closed
SMUGGLED = [
    ("two lengths that differ", b"POST /en/ HTTP/1.1\r\n" + FORM + b"Content-Length: 3\r\nContent-Length: 60\r\n\r\na=b" + SECOND, 400),
    ("two lengths that are the same", b"POST /en/ HTTP/1.1\r\n" + FORM + b"Content-Length: 3\r\nContent-Length: 3\r\n\r\na=b" + SECOND, 400),
    ("two lengths in one line", b"POST /en/ HTTP/1.1\r\n" + FORM + b"Content-Length: 3, 3\r\n\r\na=b" + SECOND, None),
    ("a length with a sign", b"POST /en/ HTTP/1.1\r\n" + FORM + b"Content-Length: +3\r\n\r\na=b" + SECOND, None),
    ("a length and chunks", b"POST /en/ HTTP/1.1\r\n" + FORM + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SECOND, 400),
    ("chunks and a length", b"POST /en/ HTTP/1.1\r\n" + FORM + b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" + SECOND, 400),
    ("chunks alone", b"POST /en/ HTTP/1.1\r\n" + FORM + b"Transfer-Encoding: chunked\r\n\r\n3\r\na=b\r\n0\r\n\r\n", 411),
    ("chunks by another name", b"POST /en/ HTTP/1.1\r\n" + FORM + b"Transfer-Encoding: xchunked\r\nContent-Length: 3\r\n\r\na=b" + SECOND, 400),
    ("two hosts", b"GET /en/ HTTP/1.1\r\n" + HOST + b"Host: other.example.jp\r\n\r\n" + SECOND, 400),
    ("no host", b"GET /en/ HTTP/1.1\r\nAccept: a\r\n\r\n" + SECOND, 400),
    ("a lone LF between two lines", b"GET /en/ HTTP/1.1\r\n" + HOST + b"A: b\nContent-Length: 60\r\nC: d\r\n\r\n" + SECOND, 400),
    ("a lone CR between two lines", b"GET /en/ HTTP/1.1\r\n" + HOST + b"A: b\rC: d\r\nE: f\r\n\r\n" + SECOND, 400),
    ("a lone LF after the first line", b"GET /en/ HTTP/1.1\n" + HOST + b"\r\n" + SECOND, 400),
    ("a NUL in a line", b"GET /en/ HTTP/1.1\r\n" + HOST + b"A: b\0c\r\nD: e\r\n\r\n" + SECOND, 400),
    ("a NUL in the last line", b"GET /en/ HTTP/1.1\r\n" + HOST + b"A: b\0c\r\n\r\n" + SECOND, 400),
    ("a folded line", b"GET /en/ HTTP/1.1\r\n" + HOST + b"A: b\r\n c\r\nD: e\r\n\r\n" + SECOND, 400),
    ("a blank before the colon", b"POST /en/ HTTP/1.1\r\n" + FORM + b"Content-Length: 3\r\nTransfer-Encoding : chunked\r\n\r\na=b" + SECOND, 400),
    ("a line without a colon", b"GET /en/ HTTP/1.1\r\n" + HOST + b"what\r\nA: b\r\n\r\n" + SECOND, None),
    ("a body with GET", b"GET /en/ HTTP/1.1\r\n" + HOST + b"Content-Length: 52\r\n\r\n" + SECOND, 400),
    ("chunks in HTTP/1.0", b"POST /en/ HTTP/1.0\r\n" + FORM + b"Transfer-Encoding: chunked\r\n\r\n3\r\na=b\r\n0\r\n\r\n", 411),
    ("another version", b"GET /en/ HTTP/1.2\r\n" + HOST + b"\r\n" + SECOND, None),
    ("two paths", b"GET /en/ /ja/ HTTP/1.1\r\n" + HOST + b"\r\n" + SECOND, None),
]
PATHS = [b"/en/%00", b"/en%00/x", b"/en%2Fstaff", b"/en%2fprivacy", b"//en/", b"/en//privacy", b"/en/./privacy", b"/x/../en/",
         b"/%2e%2e/en/", b"/en/%ff", b"/en/%c0%af", b"/en/%", b"/en/%4", b"/en/%5cx", b"/en/\\x", b"http://desk.example.jp/en/",
         b"*", b"en/", b"/en/#x", b"/en/\xe3\x81\x82", b"/en/%0d%0aX:y", b"/static/../en/", b"/static/%2e%2e/en/"]
TAKEN = [
    ("a plain request", get(b"/en/"), 200, False),
    ("HEAD", b"HEAD /en/ HTTP/1.1\r\n" + HOST + b"\r\n", 200, False),
    ("HTTP/1.0 without a host", b"GET /en/ HTTP/1.0\r\n\r\n", 200, True),
    ("one lone escape", get(b"/e%6e/"), 200, False),
    ("many headers of one name that may", get(b"/en/", b"Accept: a\r\nAccept: b\r\nX:\r\nY: \r\n"), 200, False),
    ("to be closed", get(b"/en/", b"Connection: close\r\n"), 200, True),
    ("an empty line before", b"\r\n" + get(b"/en/"), 200, False),
    ("what is not there", get(b"/en/nothing"), 404, False),
    ("an escaped Japanese letter", get(b"/en/%E3%81%82"), 404, False),
    ("two in a row", get(b"/en/") + get(b"/en/privacy"), [200, 200], False),
]
REFUSED = [
    ("PUT", b"PUT /en/ HTTP/1.1\r\n" + HOST + b"\r\n", 405, True),
    ("OPTIONS", b"OPTIONS * HTTP/1.1\r\n" + HOST + b"\r\n", 405, True),
    ("TRACE", b"TRACE /en/ HTTP/1.1\r\n" + HOST + b"\r\n", 405, True),
    ("CONNECT", b"CONNECT desk.example.jp:443 HTTP/1.1\r\n" + HOST + b"\r\n", 405, True),
    ("POST of JSON", b"POST /en/ HTTP/1.1\r\n" + HOST + b"Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}", 415, False),
    ("POST of nothing said", b"POST /en/ HTTP/1.1\r\n" + HOST + b"Content-Length: 2\r\n\r\n{}", 415, False),
    ("POST without a length", b"POST /en/ HTTP/1.1\r\n" + FORM + b"\r\n", 411, True),
    ("POST with a query", b"POST /en/?a=b HTTP/1.1\r\n" + FORM + b"Content-Length: 3\r\n\r\na=b", 400, True),
    ("a packed form", b"POST /en/ HTTP/1.1\r\n" + FORM + b"Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\na=b", 415, False),
    ("another expectation", b"POST /en/ HTTP/1.1\r\n" + FORM + b"Expect: more\r\nContent-Length: 3\r\n\r\na=b", 417, True),
    ("a form with a bad escape", b"POST /en/ HTTP/1.1\r\n" + FORM + b"Content-Length: 4\r\n\r\na=%z", 400, True),
    ("parts without a boundary", b"POST /en/ HTTP/1.1\r\n" + HOST + b"Content-Type: multipart/form-data\r\nContent-Length: 3\r\n\r\na=b", 400, True),
    ("more than can be taken", b"POST /en/ HTTP/1.1\r\n" + FORM + b"Content-Length: 99999999999\r\n\r\n", 413, True),
    ("a long path", get(b"/" + b"a" * 5000), 414, True),
    ("a hundred headers", get(b"/en/", b"".join(b"X%d: y\r\n" % i for i in range(100))), 431, True),
    ("a header of 20,000 bytes", get(b"/en/", b"X: " + b"y" * 20000 + b"\r\n"), 431, True),
    ("300 fields in a query", get(b"/en/?" + b"&".join([b"a=1"] * 300)), 413, False),
]
count = failed = 0


def check(sentence, good, *seen):
    global count, failed
    count += 1
    failed += not good
    print(f"{'' if good else 'not '}ok {count} - {sentence}")
    if not good:
        print("#", *seen)


for name, request, wanted in SMUGGLED:
    answer, closed = ask(request)
    seen = statuses(answer)
    # What the library refuses by itself is refused too, if only nothing else is answered.
    one = seen == [wanted] if wanted else all(status >= 400 or status == 0 for status in seen)
    check(f"{name}: refused, and nothing after it is heard", one and closed and b"privacy" not in answer.lower(), seen, closed)
for path in PATHS:
    answer, closed = ask(get(path))
    check(f"the path {path.decode('latin-1')!r} is refused", statuses(answer) == [400] and closed, statuses(answer), closed)
for name, request, wanted, must_close in TAKEN + REFUSED:
    answer, closed = ask(request)
    if request.startswith(b"HEAD"):
        head, _, body = answer.partition(b"\r\n\r\n")
        check(f"{name}: as GET, without a body", statuses(head) == [200] and body == b"" and b"Content-Length: 0" not in head, answer)
        continue
    seen = statuses(answer)
    check(f"{name}: {wanted}", seen == (wanted if isinstance(wanted, list) else [wanted]) and closed == must_close, seen, closed)
print(f"1..{count}")
sys.exit(failed > 0)
