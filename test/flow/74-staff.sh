#!/bin/sh
# Who works at the desk, from the command line: the first one makes the desk's key, later ones need its recovery code.
. "$(dirname "$0")/lib.sh"
. "$HERE/desk.sh"
mimamori init >/dev/null

ok "a desk without anybody serves" desk_start
ok "and says what is expected first" has desk.err "expected 'mimamori desk staff add' first"
desk_stop
staff() { mimamori desk staff "$@"; }
# with CODE WORD...: the recovery code on standard input
with() { code_given=$1; shift; printf '%s\n' "$code_given" | staff "$@"; }

exits 2 "a person without rights is refused" staff add hanako
ok "in one sentence" one_sentence err
exits 2 "a right that there is not is refused" staff add hanako --rights root
exits 2 "so is a name that is none" staff add 'ha na/ko' --rights administrator
exits 0 "and nothing was made of it" staff list
ok "nobody is here" is out 'name  shown  rights  state  language'
ok "not even a key" absent ledger/mailer.key.new

exits 0 "the first one is invited" staff add hanako --rights administrator,analyst --shown '山田 花子' --json
recovery=$(jq -r .recovery out)
invitation=$(jq -r .invitation out)
code='^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){6}$'
ok "with a recovery code" sh -c 'printf "%s" "$1" | grep -Eq "$2"' - "$recovery" "$code"
ok "and an invitation" sh -c 'printf "%s" "$1" | grep -Eq "$2"' - "$invitation" "$code"
ok "which are not the same" [ "$recovery" != "$invitation" ]
ok "the mailer's key is its owner's only" [ "$(stat -c %a ledger/mailer.key)" = 600 ]
ok "neither code is kept anywhere" sh -c '! grep -rqaF -e "$1" -e "$2" ledger' - "$recovery" "$invitation"

exits 2 "a second one needs the recovery code" staff add taro --rights intake </dev/null
ok "and is told so" has err 'recovery code'
exits 2 "a wrong one does not help" with "$invitation" add taro --rights intake
ok "and says why" has err 'does not open'
exits 0 "nobody was added" staff list --json
ok "by either" [ "$(jq length out)" = 1 ]
exits 0 "the right one does, however it is typed" with "$(printf %s "$recovery" | tr 'A-Z-' 'a-z ')" add taro --rights intake
ok "it prints an invitation" has out 'invitation'
ok "and not the recovery code again" sh -c '! grep -q "$1" out' - "$recovery"
exits 2 "a name is given once" with "$recovery" add Taro --rights intake
ok "and the way to a new invitation is told" has err '--again'

exits 0 "the list says who is here" staff list
ok "with rights and state" has out 'analyst,administrator  invited'
run staff list --json
ok "in JSON" [ "$(jq -c '[.[] | [.name, .shown, .state, (.rights | join("+"))]]' out)" = '[["hanako","山田 花子","invited","analyst+administrator"],["taro","taro","invited","intake"]]' ]

before=$(staff list --json | jq '.[1].made_s')
exits 0 "somebody is invited again, with other rights" with "$recovery" add taro --again --rights analyst,editor
run staff list --json
ok "which are so now" [ "$(jq -c '.[1].rights' out)" = '["analyst","editor"]' ]
ok "and the seven days begin anew" [ "$(jq '.[1].made_s' out)" -ge "$before" ]
exits 2 "nobody is not invited again" with "$recovery" add jiro --again
ok "and is told so" has err "nobody here is called 'jiro'"

exits 0 "somebody is stopped" staff stop taro
run staff list --json
ok "and is so" [ "$(jq -r '.[1].state' out)" = stopped ]
exits 2 "nobody cannot be" staff stop jiro
exits 2 "another word is refused" staff dance hanako
ok "in one sentence" one_sentence err
exits 0 "all of it is in the record of deeds, which is whole" mimamori desk verify
ok "and tells no names" sh -c '! grep -qi -e hanako -e taro out'

# What cannot be told is not kept: codes that nobody has read would lock everybody out.
if [ -w /dev/full ]; then
    printf '%s\n' "$recovery" | "$MIMAMORI" desk staff add jiro --rights intake >/dev/full 2>err; code=$?
    ok "where the invitation cannot be printed it was not done" [ "$code" -eq 2 ]
    run staff list --json
    ok "and nobody was added" [ "$(jq length out)" = 2 ]
fi
done_testing
