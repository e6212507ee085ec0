#!/bin/sh
# A mail becomes a case, once; a reply joins it by its receipt; what machines send is left out.
. "$(dirname "$0")/lib.sh"
. "$HERE/desk.sh"
records() { python3 "$HERE/records.py" ledger/desk.sqlite "$1"; }
mail() { # mail [HEADER...]: standard input is its text
    printf '%s\n' "From: Hanako <hanako@example.com>" "To: desk@example.jp" "$@" ""
    cat
}
key() { mimamori desk staff add hanako --rights administrator >staff 2>&1; }

mimamori init >/dev/null
printf 'desk-mail = desk@example.jp\ndesk-address = https://desk.example.jp\n' >>ledger/ledger.conf
echo "my PC is slow" | mail "Subject: help" "Message-ID: <1@example.com>" >first
exits 2 "before the desk has a key no mail is taken in" mimamori desk mail <first
ok "one sentence says what is missing" one_sentence err
key

exits 0 "a mail is taken in" mimamori desk mail <first
ok "without a word" empty err
ok "it is a consultation by mail" [ "$(records 'SELECT kind, channel, language, state FROM casefile')" = "consultation|mail|en|new" ]
ok "its acknowledgement waits to be sent" [ "$(records 'SELECT count(*), casefile FROM outbox')" = "1|1" ]
exits 0 "the same mail again" mimamori desk mail <first
(echo "Received: by another way; Mon, 23 Nov 2026 10:00:00 +0900"; echo "Return-Path: <hanako@example.com>"; sed 's/$/\r/' first) >again
exits 0 "and by another way" mimamori desk mail <again
ok "is taken in once" [ "$(records 'SELECT count(*) FROM casefile')" = 1 ]
ok "and acknowledged once" [ "$(records 'SELECT count(*) FROM outbox')" = 1 ]
ok "nothing of it can be read in the ledger" sh -c '! grep -aqE "my PC is slow|hanako@example" ledger/desk.sqlite ledger/desk.sqlite-wal'

echo "other words" | mail "Subject: Re: [#1] case 1 Ticket#1" "Message-ID: <2@example.com>" >number
exits 0 "a number in a subject" mimamori desk mail <number
ok "joins nothing: it is a case of its own" [ "$(records 'SELECT count(*) FROM casefile')" = 2 ]
ok "no line was added" [ "$(records "SELECT count(*) FROM told WHERE what = 'added'")" = 0 ]

for header in "Auto-Submitted: auto-replied" "Precedence: bulk" "Return-Path: <>" "X-Mimamori-Desk: 1"; do
    echo "I am away" | mail "$header" "Subject: hello" | mimamori desk mail 2>why; code=$?
    ok "what has '$header' is left out, and exits 0" [ $code = 0 ]
    ok "one sentence says why" grep -q '^mimamori: the message was left out: ' why
done
ok "each is counted by its reason" [ "$(records "SELECT group_concat(name || '=' || value) FROM (SELECT * FROM desk_state WHERE name LIKE 'mail.left_out.%' ORDER BY name)")" = \
    "mail.left_out.automatic=1,mail.left_out.list=1,mail.left_out.loop=1,mail.left_out.returned=1" ]
ok "none became a case, none was answered" [ "$(records 'SELECT count(*) FROM casefile')$(records 'SELECT count(*) FROM outbox')" = 22 ]

for i in 3 4 5 6; do echo "again $i" | mail "Message-ID: <m$i@example.com>" | mimamori desk mail || exit 1; done
ok "one address is acknowledged three times a day, and no more" [ "$(records 'SELECT count(*) FROM outbox')" = 3 ]
ok "though all of it is taken in" [ "$(records 'SELECT count(*) FROM casefile')" = 6 ]
ok "no address is kept for it" sh -c '! grep -aq hanako@ ledger/desk.sqlite'

exits 2 "nothing is no mail" mimamori desk mail </dev/null
ok "and is told in one sentence" one_sentence err
head -c 31457281 /dev/zero | tr '\0' x >large
exits 2 "30 MB are the most" mimamori desk mail <large
ok "which one sentence says" grep -q 'over 30 MB' err
python3 - >deep <<'PYTHON'
body = "Content-Type: text/plain\n\nx\n"
for i in range(2000):
    body = f'Content-Type: multipart/mixed; boundary="b{i}"\n\n--b{i}\n{body}\n--b{i}--\n'
print("From: x@example.com\n" + body)
PYTHON
exits 2 "parts two thousand deep are refused" mimamori desk mail <deep
ok "in one sentence" one_sentence err
(printf 'From: x@example.com\nContent-Type: multipart/mixed; boundary=b\n\n'; yes -- --b | head -n 1000000) >edges
exits 2 "and a million parts" timeout 60 "$MIMAMORI" desk mail <edges
ok "at once, in one sentence" one_sentence err
ok "nothing of these was kept" [ "$(records 'SELECT count(*) FROM casefile')" = 6 ]

: | mail "Content-Type: application/zip; name=a.zip" "Content-Transfer-Encoding: base64" >headers
(cat headers; head -c 10485760 /dev/urandom | base64) >fits
(sed 's/a.zip/b.zip/' headers; head -c 10485761 /dev/urandom | base64) >over
exits 0 "an attachment of 10 MB" mimamori desk mail <fits
ok "is kept" [ "$(records 'SELECT bytes FROM attachment')" = 10485760 ]
exits 0 "one of a byte more" mimamori desk mail <over
ok "is not, though its mail is" [ "$(records 'SELECT count(*) FROM attachment')$(records 'SELECT count(*) FROM casefile')" = 18 ]
exits 0 "the record of deeds is whole" mimamori desk verify
done_testing
