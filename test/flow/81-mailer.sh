#!/bin/sh
# A Maildir comes in, the outbox goes out by a program; killed in the midst, every mail is one case.
. "$(dirname "$0")/lib.sh"
. "$HERE/desk.sh"
records() { python3 "$HERE/records.py" ledger/desk.sqlite "$1"; }
until_is() { # until_is SQL VALUE [SECONDS]
    for _ in $(seq $((${3:-20} * 10))); do [ "$(records "$1")" = "$2" ] && return 0; sleep 0.1; done
    echo "$1 gives '$(records "$1")' (expected '$2')"; cat desk.err; return 1
}
arrive() { cat >"box/tmp/$1" && mv "box/tmp/$1" "box/new/$1"; } # as a mail server does
settings() { # settings LINE...: of the mail
    sed -i '/^desk-/d' ledger/ledger.conf
    printf '%s\n' "desk-name = 見守りデスク" "desk-mail = desk@example.jp" "desk-address = https://desk.example.jp" "$@" >>ledger/ledger.conf
}
fresh() {
    rm -rf ledger box sent && mimamori init >/dev/null && mimamori desk staff add hanako --rights administrator >/dev/null
    mkdir -p box/new box/cur box/tmp sent
}
cat >sendmail <<'SCRIPT'
#!/bin/sh
folder=$(dirname "$0")
[ -e "$folder/down" ] && exit "$(cat "$folder/down")"
printf '%s\n' "$*" >>"$folder/sent/words"
cat >"$folder/sent/$$.eml"
SCRIPT
chmod +x sendmail
fresh
settings "desk-maildir = $PWD/box" "desk-sendmail = $PWD/sendmail"

ok "the desk begins" desk_start
printf 'From: Hanako <hanako@example.com>\nSubject: =?ISO-2022-JP?B?GyRCRk8bKEI=?=\nMessage-ID: <1@example.com>\nReferences: <0@example.com>\n\nウイルスのようです。\n' | arrive 1
ok "a mail that arrives is taken in" until_is "SELECT kind, language FROM casefile" "consultation|ja"
sleep 0.5
ok "and lies in cur/ as seen" [ "$(ls box/cur)" = "1:2,S" ]
ok "it is answered" until_is "SELECT count(*) FROM outbox" 0
answer=$(ls sent/*.eml)
ok "to whom wrote it, and nobody else" is sent/words "-i -f <> -- hanako@example.com"
ok "as an automatic answer" has "$answer" "Auto-Submitted: auto-replied"
ok "to that mail" has "$answer" "In-Reply-To: <1@example.com>"
ok "in its thread" sh -c "grep -A1 '^References: <0@example.com>' $answer | grep -q ' <1@example.com>'"
python3 - "$answer" >text <<'PYTHON'
import email, email.policy, sys
message = email.message_from_file(open(sys.argv[1]), policy=email.policy.default)
print(message["Subject"], message["From"], message.get_content())
PYTHON
ok "in Japanese" has text "ご連絡ありがとうございます"
ok "by its name" has text "見守りデスク <desk@example.jp>"
ok "with the way back" has text "https://desk.example.jp/ja/receipt"
receipt=$(grep -oE '([0-9A-Z]{4}-){6}[0-9A-Z]{4}' text)
ok "and a receipt" [ -n "$receipt" ]

printf 'From: other@example.net\nSubject: Re: no number at all\n\n追加です\n\n> %s\n' "$receipt" | tee reply | arrive 2
arrive 3 <reply
ok "a reply with the receipt joins the case, whoever sends it, once" until_is "SELECT count(*) FROM told WHERE casefile = 1 AND what = 'added'" 1
ok "both are in cur/" sh -c 'for i in $(seq 50); do [ "$(ls box/cur | wc -l)" = 3 ] && exit 0; sleep 0.1; done; exit 1'
ok "and there is no other case" [ "$(records "SELECT count(*) FROM casefile")" = 1 ]
printf 'From: MAILER-DAEMON@example.net\nSubject: not delivered\n\n> %s\n' "$receipt" | arrive 4
ok "a bounce is left out, even with the receipt" until_is "SELECT value FROM desk_state WHERE name = 'mail.left_out.returned'" 1
ok "and kept aside" sh -c 'for i in $(seq 50); do [ "$(ls box/.left-out/cur)" = "4:2," ] && exit 0; sleep 0.1; done; exit 1'
ok "it is not answered" [ "$(records "SELECT count(*) FROM outbox")" = 0 ]
ln -s /etc/hostname box/tmp/0 && touch -h -d '1 hour ago' box/tmp/0 && mv box/tmp/0 box/new/0
ok "what lies there for long is stuck" until_is "SELECT substr(value, 1, 8) FROM desk_state WHERE name = 'mail.stuck'" "1 since "
rm box/new/0
head -c 31457281 /dev/zero | arrive 5
ok "what is too large is moved aside" sh -c 'for i in $(seq 50); do [ -e box/.left-out/cur/5:2, ] && exit 0; sleep 0.1; done; exit 1'
ok "and nothing is stuck" until_is "SELECT count(*) FROM desk_state WHERE name = 'mail.stuck'" 0
ok "and one sentence names it" grep -q 'box/new/5: ' desk.err
ok "the page for the administrator hears of it all" [ "$(records "SELECT count(*) FROM desk_state WHERE name IN ('mail.seen', 'mail.waiting')")" = 2 ]

echo 75 >down # EX_TEMPFAIL
printf 'From: a@example.com\nMessage-ID: <6@example.com>\n\nhello\n' | arrive 6
ok "what cannot be sent now waits" until_is "SELECT tries FROM outbox" 1
rm down
records "UPDATE outbox SET due_s = 0"
ok "and is sent later" until_is "SELECT count(*) FROM outbox" 0
ok "in English" grep -q "^Subject: We have received your message" sent/*.eml
echo 67 >down # EX_NOUSER
printf 'From: b@example.com\nMessage-ID: <7@example.com>\n\nhello\n' | arrive 7
ok "what is refused for good is counted" until_is "SELECT value FROM desk_state WHERE name = 'mail.refused'" 1
ok "and forgotten" until_is "SELECT count(*) FROM outbox" 0
echo 75 >down
printf 'From: c@example.com\nMessage-ID: <8@example.com>\n\nhello\n' | arrive 8
ok "what waits" until_is "SELECT tries FROM outbox" 1
records "UPDATE outbox SET due_s = 0, made_s = made_s - 3 * 86400"
ok "is given up after three days" until_is "SELECT value FROM desk_state WHERE name = 'mail.unsent'" 1
ok "in no message is anybody's address" sh -c '! grep -q @example desk.err'
rm down
reader=$(pgrep -P "$(process mailer)" -x desk-reader)
kill -9 "$reader"
printf 'From: d@example.com\nMessage-ID: <9@example.com>\n\nhello\n' | arrive 9
ok "a reader that dies is begun again" until_is "SELECT count(*) FROM casefile" 5 30
desk_stop
ok "the desk ends when it is told to" [ "$code" = 0 ]
ok "and leaves nobody behind" sh -c "! pgrep -x desk-reader -s $$ && ! pgrep -x desk-sender -s $$"

# two hundred mails, and five times everything is killed in the midst
fresh
settings "desk-maildir = $PWD/box" "desk-sendmail = $PWD/sendmail"
for i in $(seq 200); do
    printf 'From: p%s@example.com\nMessage-ID: <%s@example.com>\nSubject: mail %s\n\nウイルス %s\n' $i $i $i $i >"box/new/$(printf '%04d' $i)"
done
midst=0
for kill in 1 2 3 4 5; do
    desk_start >/dev/null
    for _ in $(seq 2000); do [ "$(ls box/cur | wc -l)" -ge $((kill * 33)) ] && break; sleep 0.01; done
    mailer=$(process mailer)
    kill -9 $(pgrep -P "$mailer") "$mailer" 2>/dev/null
    desk_kill
    [ "$(ls box/new | wc -l)" -gt 0 ] && midst=$((midst + 1))
done
ok "most kills came in the midst" [ $midst -ge 3 ]
desk_start >/dev/null
ok "every mail is exactly one case" until_is "SELECT count(*), count(DISTINCT once) FROM casefile" "200|200" 60
ok "and lies in cur/" sh -c 'for i in $(seq 200); do [ "$(ls box/cur | wc -l)" = 200 ] && exit 0; sleep 0.1; done; exit 1'
ok "each was answered" until_is "SELECT count(*) FROM outbox" 0 60
ok "everybody was" [ "$(sed 's/.* //' sent/words | sort -u | wc -l)" = 200 ]
ok "an answer sent twice can be known by its Message-ID" [ "$(cat sent/*.eml | grep '^Message-ID' | sort -u | wc -l)" = 200 ]
desk_stop
exits 0 "the record of deeds is whole" mimamori desk verify
done_testing
