"""smtp: a mail server for the tests. smtp.py PORT-FILE FOLDER [CERTIFICATE KEY]

What it says to each command stands in FOLDER/says ("RCPT 550"), read anew at each connection; each message it takes, as
it came, becomes FOLDER/N.eml, and what was said to it FOLDER/talk."""
import os
import pathlib
import socket
import ssl
import sys

port_file, folder = sys.argv[1], pathlib.Path(sys.argv[2])
tls = sys.argv[3:5]
listener = socket.create_server(("127.0.0.1", 0))
pathlib.Path(port_file + ".new").write_text(str(listener.getsockname()[1]))
os.rename(port_file + ".new", port_file)
count = 0


def take_data(lines):
    data = b""
    while (line := lines.readline()) not in (b".\r\n", b""):
        data += line
    return data


def serve(connection):
    global count
    says = dict(line.split(maxsplit=1) for line in (folder / "says").read_text().splitlines())
    secure, lines = False, connection.makefile("rb")

    def say(command, usual):
        connection.sendall((says.get(command, usual) + "\r\n").encode())

    say("HELLO", "220-here\r\n220 we are")
    while line := lines.readline():
        with open(folder / "talk", "ab") as talk:
            talk.write((b"tls " if secure else b"") + line)
        verb = line.split(b":")[0].split()[0].decode().upper()
        if verb == "EHLO":
            connection.sendall(b"250-us\r\n" + (b"250-STARTTLS\r\n" if tls and not secure else b"") + b"250 SIZE\r\n")
        elif verb == "STARTTLS":
            connection.sendall(b"220 now\r\n250 injected before TLS\r\n" if "INJECT" in says else b"220 now\r\n")
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*tls)
            connection = context.wrap_socket(connection, server_side=True)
            secure, lines = True, connection.makefile("rb")
        elif verb == "DATA" and says.get("DATA", "354").startswith("354"):
            say("DATA", "354 go on")
            data = take_data(lines)
            if says.get("END") == "die":
                return
            count += 1
            (folder / f"{count}.eml").write_bytes(data)
            say("END", "250 taken")
        elif verb == "QUIT":
            say("QUIT", "221 bye")
            return
        else:
            say(verb, "250 ok")


while True:
    accepted, _ = listener.accept()
    accepted.settimeout(20)
    try:
        serve(accepted)
    except OSError as problem:
        print("smtp:", problem, file=sys.stderr)
    accepted.close()
