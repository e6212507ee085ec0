#!/bin/sh
# Passwords: whatever is looked at, in whatever form it is told, nothing secret leaves the process. Each secret holds the word
# Marker, which is then searched for.
. "$(dirname "$0")/lib.sh"
export SOURCE_DATE_EPOCH=1795435200 HOME="$FOLDER/home" # 2026-11-23
unset XDG_CONFIG_HOME LC_MESSAGES LANG NO_COLOR
mkdir home

# The same login in four forms: reused, short, in a list of stolen ones, in an address, as the secret of a code, in a note.
cat >chrome.csv <<'END'
name,url,username,password,note
Shop,https://u:Marker0@shop.example.jp/?s=Marker1,hanako,Marker,"Marker2
Marker3"
Bank,http://bank.example.com/,hanako,Marker,
Forum,https://forum.example.net/,hanako,Marker77!,
END
cat >keepassxc.csv <<'END'
"Group","Title","Username","Password","URL","Notes","TOTP","Icon","Last Modified","Created"
"Root","Shop","hanako","Marker","https://shop.example.jp","Marker2","otpauth://totp/x?secret=MarkerMarker","0","",""
"Root","Bank","hanako","Marker","http://bank.example.com","","","0","",""
END
cat >firefox.csv <<'END'
"url","username","password","httpRealm","formActionOrigin","guid","timeCreated","timeLastUsed","timePasswordChanged"
"https://shop.example.jp","hanako","Marker","Marker4","","{Marker5}","1","1","1"
"http://bank.example.com","hanako","Marker","","","","1","0","1"
END
cat >bitwarden.json <<'END'
{"encrypted": false, "items": [
 {"type": 1, "name": "Shop", "notes": "Marker2", "login": {"uris": [{"uri": "https://shop.example.jp"}], "username": "hanako",
  "password": "Marker", "totp": "MarkerMarker"}, "passwordHistory": [{"password": "Marker6"}]},
 {"type": 1, "name": "Bank", "login": {"uris": [{"uri": "http://bank.example.com"}], "username": "hanako", "password": "Marker"}},
 {"type": 3, "name": "Card", "card": {"number": "Marker7"}}]}
END
printf '%s:12\n' "$(printf Marker | sha1sum | cut -c 1-40 | tr a-f A-F)" >stolen.txt

silent() { ! grep -qi marker "$@"; }
for file in chrome.csv keepassxc.csv firefox.csv bitwarden.json; do
    exits 1 "$file is looked at" mimamori check passwords $file --breached stolen.txt --json
    ok "what is wrong with it is found" sh -c 'for id in breached reused too-short insecure-site; do grep -q "\"$id\"" out || exit 1; done'
    for language in en ja; do
        for form in --all --json --sarif "--html page.html" "--list services" "--list services --json" "--list services --html list.html"; do
            run mimamori check passwords $file --breached stolen.txt --lang $language $form
            ok "of $file, $form in $language tells no secret" silent out err $(ls page.html list.html 2>/dev/null)
        done
    done
done
ok "the page was written" has page.html 'bank.example.com'
ok "and the checklist" has list.html 'bank.example.com'
sed 's/"Marker2$/"Marker2"x/' chrome.csv >broken.csv
exits 2 "a broken row is refused" mimamori check passwords broken.csv
ok "by its line" has err 'mimamori: broken.csv:2: '
ok "in one sentence" one_sentence err
ok "without what it holds" silent out err
sed 's/"type"/type/' bitwarden.json >broken.json
exits 2 "so is broken JSON" mimamori check passwords broken.json
ok "without what it holds" silent out err
ok "in one sentence" one_sentence err
exits 1 "standard input is read" sh -c '"$MIMAMORI" check passwords - <chrome.csv'
mkfifo pipe
exits 2 "a pipe with a name is refused, not waited for" timeout 20 "$MIMAMORI" check passwords pipe
exits 2 "so is a folder" mimamori check passwords home

# Hostile ones: each ends soon, with one sentence.
refused() { # "what it is" "what is said" COMMAND...
    what=$1 says=$2
    shift 2
    exits 2 "$what is refused" timeout 60 "$@"
    ok "in one sentence" one_sentence err
    ok "that says it: $says" has err "$says"
}
truncate -s 10G line.csv
refused "a file of 10 GB" "'line.csv' is too large" "$MIMAMORI" check passwords line.csv
refused "a line without an end" "is too large (expected at most 512 MiB)" sh -c 'yes nothing | tr -d "\n" | head -c 600000000 | "$MIMAMORI" check passwords -'
(printf '{"items":['; yes '{},' | head -n 12000000 | tr -d '\n'; printf '{}]}') >bomb.json
refused "JSON that becomes ten times its size" "'bomb.json' is too large" "$MIMAMORI" check passwords bomb.json
(printf 'name,url,username,password\n'; yes 'a,b,c,d' | head -n 2000000) >rows.csv
refused "a file of two million rows" "'rows.csv' has too many entries" "$MIMAMORI" check passwords rows.csv
rm -f line.csv bomb.json rows.csv

# What others see while it looks: it has read the passwords and waits for more. A sleep beside it shows that they would see it.
as=
if [ "$(id -u)" = 0 ]; then
    chmod 777 .
    as="setpriv --reuid 65534 --regid 65534 --clear-groups"
    $as "$MIMAMORI" check passwords --help >/dev/null 2>&1 || as=
fi
mkfifo more
(cat chrome.csv; exec sleep 60) >more &
feeder=$!
(ulimit -c unlimited; exec $as "$MIMAMORI" check passwords - <more >out 2>err) 2>/dev/null &
looker=$!
(ulimit -c unlimited; exec $as sleep 60) 2>/dev/null &
sleeper=$!
CLEAN="kill -9 $feeder $looker $sleeper 2>/dev/null"
tame() { for _ in 1 2 3 4 5 6 7 8 9 10; do grep -q 'Max core file size *0 *0' "/proc/$looker/limits" && return 0; sleep 0.2; done; return 1; }
no_marker() { ! tr '\0' '\n' <"/proc/$looker/$1" | grep -qi marker; }
may_look_into() { $as cat "/proc/$1/environ" >/dev/null 2>&1; }
may_not_look_into() { ! may_look_into "$1"; }
no_core() { ! ls core core.* 2>/dev/null | grep .; }
ok "it waits for the rest of standard input, and can leave no core behind" tame
sleep 0.3
ok "its arguments hold no secret" no_marker cmdline
ok "nor does its environment" no_marker environ
if [ "$(id -u)" != 0 ] || [ -n "$as" ]; then
    ok "this user may look into a process of his" may_look_into $sleeper
    ok "but not into this one" may_not_look_into $looker
fi
kill -ABRT $looker
wait $looker 2>/dev/null
ok "broken off, it ends" test $? -gt 128
ok "and leaves no core" no_core
ok "and has told nothing" empty out
kill -ABRT $sleeper
wait $sleeper 2>/dev/null
no_core >said && echo "# on this machine nobody's core lies here: that none was left proves nothing"
rm -f core core.*
kill $feeder 2>/dev/null

# What it writes: nothing, but where it is told to.
if command -v strace >/dev/null && strace -o /dev/null true 2>/dev/null; then
    run strace -f -e trace=open,openat,openat2,creat,memfd_create -o opened "$MIMAMORI" check passwords bitwarden.json --breached stolen.txt
    ok "no file is opened for writing" sh -c '[ $(wc -l <opened) -gt 5 ] && ! grep -E "O_WRONLY|O_RDWR|O_CREAT|creat\(|memfd" opened | grep -v /dev/'
    run strace -f -e trace=socket,connect -o asked "$MIMAMORI" check passwords bitwarden.json --breached stolen.txt
    ok "and nobody is asked" sh -c '! grep -E "AF_INET|connect\(" asked'
fi
done_testing
