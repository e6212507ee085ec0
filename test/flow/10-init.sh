#!/bin/sh
# A ledger is made whole, once, and its secrets are its owner's alone.
. "$(dirname "$0")/lib.sh"

exits 0 "a ledger is made" mimamori init
ok "it says where and how" is out "made the ledger 'ledger' (zone Asia/Tokyo, language ja)"
ok "the key is its owner's alone" [ "$(stat -c %a ledger/reporter.key)" = 600 ]
ok "the key has 32 bytes" [ "$(stat -c %s ledger/reporter.key)" = 32 ]
ok "the folder is its owner's alone" [ "$(stat -c %a ledger)" = 700 ]
for folder in sightings summary spool editor bulletins; do ok "there is $folder/" [ -d "ledger/$folder" ]; done
ok "nothing was left beside it" [ "$(ls -d ledger*)" = ledger ]

find ledger -type f -exec sha256sum {} + | sort >before
exits 2 "where a ledger stands it refuses" mimamori init
ok "in one sentence" one_sentence err
find ledger -type f -exec sha256sum {} + | sort >after
ok "and the ledger is as it was" cmp before after

mkdir taken && exits 2 "where a folder stands it refuses" mimamori init --ledger taken
touch file && exits 2 "where a file stands it refuses" mimamori init --ledger file
exits 2 "a zone that does not exist is refused" mimamori init --ledger other --zone Asia/Edo
ok "and named" has err Asia/Edo
ok "and nothing is made" absent other
exits 2 "a language that is not there is refused" mimamori init --ledger other --lang fr
ok "and nothing is made then" absent other
exits 2 "a folder in a folder that is not there is refused" mimamori init --ledger no/such/folder
exits 2 "an unknown option is refused" mimamori init --ledger other --colour red
exits 0 "zone and language can be told" mimamori init --ledger other --zone Europe/Berlin --lang en --json
ok "and JSON tells them" is out '{"ledger":"other","zone":"Europe/Berlin","language":"en"}'
ok "ledger.conf has the zone" grep -qx 'zone = Europe/Berlin' other/ledger.conf
ok "ledger.conf has the language" grep -qx 'language = en' other/ledger.conf
ok "two ledgers have two keys" sh -c '! cmp -s ledger/reporter.key other/reporter.key'

exits 2 "a folder that is no ledger is told so" mimamori point list --ledger taken
ok "in one sentence that says how one is made" has err "'mimamori init'"
echo 'zone = Asia/Tokyo
colour = red' >other/ledger.conf
exits 2 "an unknown setting is refused" mimamori point list --ledger other
ok "by file and line" has err "other/ledger.conf:2:"

exits 0 "a ledger whose name is not UTF-8" mimamori init --json --ledger "$(printf 'caf\351')"
ok "is told as JSON, without its name" is out '{"ledger":null,"zone":"Asia/Tokyo","language":"ja"}'

mimamori init --ledger unread >/dev/null && ln -sf ledger.conf unread/ledger.conf
exits 2 "a ledger that cannot be read is not opened" mimamori point list --ledger unread
ok "it is not said to be none" has err "'unread/ledger.conf': cannot open: Too many levels of symbolic links"
done_testing
