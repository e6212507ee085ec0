#!/bin/sh
# The outbox goes out to a mail server: what it takes, what it refuses now and for good, and by TLS.
. "$(dirname "$0")/lib.sh"
. "$HERE/desk.sh"
records() { python3 "$HERE/records.py" ledger/desk.sqlite "$1"; }
until_is() {
    for _ in $(seq 200); do [ "$(records "$1")" = "$2" ] && return 0; sleep 0.1; done
    echo "$1 gives '$(records "$1")' (expected '$2')"; cat desk.err; return 1
}
tell() { printf 'From: %s\nMessage-ID: <%s@example.com>\nSubject: %s\n\n%s\n' "$1" "$2" "$2" "${3:-hello}" | mimamori desk mail; }
server() { # server [CERTIFICATE KEY]
    rm -f port
    python3 "$HERE/smtp.py" port mails "$@" 2>server.err &
    server=$!
    for _ in $(seq 100); do [ -s port ] && break; sleep 0.1; done
    sed -i '/^desk-smtp/d' ledger/ledger.conf
    echo "desk-smtp = $host:$(cat port)" >>ledger/ledger.conf
}
now() { records "UPDATE outbox SET due_s = 0"; }

mkdir mails && : >mails/says
mimamori init >/dev/null && mimamori desk staff add hanako --rights administrator >/dev/null
printf 'desk-mail = desk@example.jp\n' >>ledger/ledger.conf
host=127.0.0.1; server
ok "the desk begins" desk_start
tell a@example.com 1
ok "a mail is sent" until_is "SELECT count(*) FROM outbox" 0
ok "we name ourselves, both ends, and end in order" is mails/talk "$(printf 'EHLO example.jp\r\nMAIL FROM:<>\r\nRCPT TO:<a@example.com>\r\nDATA\r\nQUIT\r')"
ok "each line ends as SMTP has it" [ "$(grep -vc "$(printf '\r')$" mails/1.eml)" = 0 ]
ok "its headers are whole" grep -q '^To: <a@example.com>' mails/1.eml

echo "RCPT 550 nobody" >mails/says
tell b@example.com 2
ok "who is not there is not written to again" until_is "SELECT value FROM desk_state WHERE name = 'mail.refused'" 1
ok "the mail is forgotten" until_is "SELECT count(*) FROM outbox" 0
for says in "RCPT 451 later" "DATA 451 later" "END 452 full" "MAIL 550 not you" "END die"; do
    echo "$says" >mails/says
    tell "c@example.com" "3-$says" >/dev/null
    ok "what meets '$says' waits" until_is "SELECT tries FROM outbox" 1
    : >mails/says; now
    ok "and is sent when that is over" until_is "SELECT count(*) FROM outbox" 0
    records "DELETE FROM acknowledged"
done

# a text whose lines begin with dots, of the staff: nothing of it ends the mail early
"$WRITE" ledger d@example.com "$(printf '.\n..two\nQUIT\n. last')" || exit 1
ok "lines that begin with a dot" until_is "SELECT count(*) FROM outbox" 0
last=$(ls -t mails/*.eml | head -n 1)
ok "are given one more" sh -c "tr -d '\r' <$last | grep -A3 -Fx .. | grep -Fqx ...two"
ok "and a mail of the staff's can be answered" grep -q 'MAIL FROM:<desk@example.jp>' mails/talk
ok "nothing in it says that a program wrote it" sh -c "! grep -qi '^Auto-Submitted' $last"
"$WRITE" ledger "$(printf 'e@example.com>\r\nRCPT TO:<f@example.com')" x
ok "an address that would be a command is never sent to" until_is "SELECT value FROM desk_state WHERE name = 'mail.refused'" 2
ok "nor named" sh -c '! grep -q "f@example" mails/talk desk.err'

kill $server; wait $server 2>/dev/null
records "DELETE FROM acknowledged"
tell g@example.com 9
ok "while no server is there it waits" until_is "SELECT tries FROM outbox" 1
ok "and one sentence says why" grep -q "cannot reach the mail server '127.0.0.1:" desk.err
desk_stop
openssl req -x509 -newkey rsa:2048 -nodes -keyout key -out cert -days 2 -subj /CN=localhost 2>/dev/null
: >mails/talk
host=localhost; server cert key
CLEAN="kill $server 2>/dev/null"
now
ok "the desk begins again" desk_start
CLEAN="kill -9 $desk $server 2>/dev/null"
ok "what waited is sent" until_is "SELECT count(*) FROM outbox" 0
ok "by TLS, which this server offers" grep -q '^tls RCPT TO:<g@example.com>' mails/talk
ok "nothing of it in the clear" sh -c '! grep -q "^RCPT" mails/talk'
# the key of the mailer is another one for a while
mv ledger/mailer.key ledger/kept && head -c 32 /dev/urandom >ledger/mailer.key
desk_stop; desk_start
CLEAN="kill -9 $desk $server 2>/dev/null"
records "DELETE FROM acknowledged"
tell i@example.com 11
ok "what cannot be opened is told of" until_is "SELECT count(*) FROM desk_state WHERE name = 'mail.shut'" 1
mv ledger/kept ledger/mailer.key
now
ok "and sent when the key is back" until_is "SELECT count(*) FROM outbox" 0
ok "which is told too" until_is "SELECT count(*) FROM desk_state WHERE name = 'mail.shut'" 0
echo "INJECT 1" >mails/says
records "DELETE FROM acknowledged"
tell h@example.com 10
ok "what was said before TLS is not believed after it" until_is "SELECT count(*) FROM outbox" 0
kill $server 2>/dev/null
desk_stop
done_testing
