"""reports: many reporters at once, who know what they were shown.

    reports.py send PORT COUNT SEED SHOWN [THREADS]   each sends one consultation; "MARK RECEIPT" is added to SHOWN once it is shown
    reports.py open PORT SHOWN                        each comes back with the receipt; prints how many read their own words there

The same SEED sends the same pages again: what has a receipt already must get it again."""
import hashlib
import http.client
import queue
import re
import sys
import threading
import urllib.parse

RECEIPT = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){6}")


def post(connection, port, path, fields):
    origin = f"http://127.0.0.1:{port}"
    connection.request("POST", path, urllib.parse.urlencode(fields), {
        "Content-Type": "application/x-www-form-urlencoded", "Origin": origin, "Sec-Fetch-Site": "same-origin"})
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def work(port, jobs, do):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    while True:
        try:
            job = jobs.get_nowait()
        except queue.Empty:
            return
        try:
            do(connection, job)
        except (OSError, http.client.HTTPException):
            connection.close()


def all_at_once(port, jobs, do, threads):
    waiting = queue.Queue()
    for job in jobs:
        waiting.put(job)
    running = [threading.Thread(target=work, args=(port, waiting, do)) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()


def send(port, count, seed, shown, threads=32):
    statuses = {}
    lock = threading.Lock()

    def one(connection, number):
        once = hashlib.sha256(f"{seed} {number}".encode()).hexdigest()
        mark = f"mark-{once[:12]}"
        status, page = post(connection, port, "/en/ask", {"once": once, "step": "4", "reached": "4", "go": "send", "what": mark})
        receipt = RECEIPT.search(page)
        with lock:
            statuses[status] = statuses.get(status, 0) + 1
            if status == 200 and receipt:
                shown.write(f"{mark} {receipt.group()}\n")
                shown.flush()

    all_at_once(port, range(count), one, threads)
    print(" ".join(f"{status}:{number}" for status, number in sorted(statuses.items())))


def open_all(port, lines):
    read = []

    def one(connection, line):
        mark, receipt = line.split()
        status, page = post(connection, port, "/en/receipt", {"receipt": receipt})
        if status == 200 and page.count(mark) == 1:
            read.append(mark)

    all_at_once(port, lines, one, 8)
    print(len(read))


if sys.argv[1] == "send":
    with open(sys.argv[5], "a", encoding="ascii") as file:
        send(int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], file, int(sys.argv[6]) if len(sys.argv) > 6 else 32)
else:
    with open(sys.argv[3], encoding="ascii") as file:
        open_all(int(sys.argv[2]), file.read().splitlines())
