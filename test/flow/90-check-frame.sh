#!/bin/sh
# The frame of the checks: what they say to a wrong use, in whose language, where the result goes, and what they leave alone.
. "$(dirname "$0")/lib.sh"
export SOURCE_DATE_EPOCH=1795435200 HOME="$FOLDER/home" # 2026-11-23
unset XDG_CONFIG_HOME LC_MESSAGES LANG NO_COLOR
mkdir -p home root/etc root/var/lib/dpkg
printf 'ID=debian\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\n' >root/etc/os-release
printf 'Package: openssl\nStatus: install ok installed\nArchitecture: amd64\nVersion: 3.0.11-1\n\n' >root/var/lib/dpkg/status
header=check,id,subject,until,reason
look() { mimamori check versions --root root "$@"; }

# A wrong use
exits 2 "a check has a name" mimamori check
ok "and the names are told" has err "check passwords"
exits 2 "another name is no check" mimamori check folders-of-mine
ok "in a sentence that names it" has err "'check folders-of-mine' is no command"
exits 0 "--help tells what a check takes" mimamori check versions --help
ok "its own options and those of every check" sh -c 'grep -q -e "--root DIR" out && grep -q -e "--sarif" out && grep -q -e "--ignore FILE" out'
ok "and nothing to standard error" empty err
for words in "--json --sarif" "--lang fr" "--no-such" "--ignore missing.csv" "--html"; do
    exits 2 "'$words' is no use" look $words
    ok "one sentence says so" one_sentence err
    ok "and there are no data" empty out
done
exits 2 "passwords wants a file" mimamori check passwords
ok "and says so" has err "(expected mimamori check passwords FILE"

# The ignore list
refuses() {
    printf '%s\n' "$2" >list.csv
    exits 2 "an ignore list with $1 is refused" look --ignore list.csv
    ok "by file and line: $3" has err "mimamori: list.csv:$3"
    ok "before anything is shown" empty out
}
refuses "a day that does not exist" "$header
versions,not-latest,*,2027-02-29,later" "2: 'until' is '2027-02-29' (expected a day that exists, YYYY-MM-DD)"
refuses "no reason" "$header
versions,not-latest,a,2027-02-28,later
versions,not-latest,b,2027-02-28,   " "3: 'reason' is empty (expected a reason)"
refuses "a check that is none" "$header
version,not-latest,*,2027-02-28,later" "2: 'check' is 'version'"
refuses "an id of another check" "$header
versions,reused,*,2027-02-28,later" "2: 'id' is 'reused'"
refuses "a column that is none" "check,id,subject,until,because" "1: 'because' is no column"
refuses "a cell too many" "$header
versions,not-latest,*,2027-02-28,later,much" "2: 6 cells (expected 5, as in the header)"

exits 3 "without a list something cannot be judged" look --json
ok "and says nothing of one" sh -c '! grep -q "ignore list" out'
entry() { printf '%s\nversions,version-unknown,*,%s,there is no other\n' "$header" "$1"; }
entry 2026-11-23 >list.csv
exits 0 "through its last day an entry counts" look --ignore list.csv --json
ok "what it names is skipped" has out '"result": "skipped"'
ok "with its reason and its day" has out '"reason": "there is no other", "until": "2026-11-23"'
entry 2026-11-22 >list.csv
exits 3 "on the day after it does not" look --ignore list.csv --json
ok "which is said" has out "An entry of the ignore list lapsed after 2026-11-22"
mkdir -p home/.config/mimamori
entry 2026-12-31 >home/.config/mimamori/ignore.csv
exits 0 "the user's own list is used" look --json
ok "and that is said, without the name of anybody's home" has out "'~/.config/mimamori/ignore.csv' was used"
ok "not even once" sh -c '! grep -qF "$HOME" out'
exits 3 "a list that was named takes its place" look --json --ignore list.csv
mkdir -p settings/mimamori
entry 2026-11-22 >settings/mimamori/ignore.csv
exits 3 "\$XDG_CONFIG_HOME comes before \$HOME" env XDG_CONFIG_HOME="$FOLDER/settings" "$MIMAMORI" check versions --root root --json
echo nonsense >home/.config/mimamori/ignore.csv
exits 2 "a broken list of the user's is no list that is passed over" look
ok "one sentence says so" one_sentence err
rm -r home/.config

# Languages
run look
ok "C.UTF-8 is English" has out "could be judged"
for setting in LC_ALL=ja_JP.UTF-8 "LC_ALL= LC_MESSAGES=ja_JP LANG=en_US" "LC_ALL= LANG=ja"; do
    run env $setting "$MIMAMORI" check versions --root root
    ok "$setting is Japanese" has out "判定できない"
done
run env LC_ALL=en_US.UTF-8 LANG=ja_JP.UTF-8 "$MIMAMORI" check versions --root root
ok "LC_ALL comes before LANG" has out "could be judged"
run env LC_ALL=ja_JP.UTF-8 "$MIMAMORI" check versions --root root --lang en
ok "and --lang before all" has out "could be judged"

# The page
exits 3 "--html writes a page" look --html page.html
ok "the result is on standard output all the same" has out "could be judged"
ok "and nothing on standard error" empty err
ok "it is whole" sh -c 'head -n 1 page.html | grep -q "^<!doctype html>" && tail -n 1 page.html | grep -q "^</html>"'
ok "it asks nothing of anybody" sh -c '! grep -qE "(src|href)=\"?(https?:)?//|@import|url\(|<script" page.html'
cp page.html before.html
exits 2 "where there is no folder there is no page" look --html missing/page.html
ok "one sentence says so" one_sentence err
ok "and nothing is shown" empty out
mkdir folder
exits 2 "a folder is no page" look --html folder
ok "and stays one, empty" [ -z "$(ls -A folder)" ]
exits 2 "a full standard output is heard of" sh -c '"$MIMAMORI" check versions --root root >/dev/full'
ok "in one sentence" one_sentence err
if [ "$(id -u)" -eq 0 ] && mkdir small && mount -t tmpfs -o size=32k,mode=700 tmpfs small 2>/dev/null; then
    CLEAN='umount small 2>/dev/null || umount -l small'
    echo old >small/page.html
    dd if=/dev/zero of=small/filler bs=4k >/dev/null 2>&1
    exits 2 "on a full disk there is no page" look --html small/page.html
    ok "one sentence says so" one_sentence err
    ok "what was there stands as it was" is small/page.html old
    ok "and nothing lies beside it" [ "$(ls -A small | tr '\n' ' ')" = "filler page.html " ]
fi

# What steers a terminal
hostile=$(printf 'evil\033[31m\342\200\256exe')
printf 'Package: %s\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1\n\n' "$hostile" >>root/var/lib/dpkg/status
run look --all
ok "what a stranger wrote steers no terminal" sh -c '! LC_ALL=C grep -q "$(printf "\033")" out'
if command -v script >/dev/null; then
    colours() { script -qec "$1" /dev/null </dev/null | LC_ALL=C grep -c "$(printf '\033\\[1')"; }
    ok "colours are for a terminal" [ "$(TERM=xterm colours "'$MIMAMORI' check versions --root root")" -gt 0 ]
    ok "not for NO_COLOR" [ "$(TERM=xterm NO_COLOR=1 colours "'$MIMAMORI' check versions --root root")" -eq 0 ]
    ok "nor for a dumb one" [ "$(TERM=dumb colours "'$MIMAMORI' check versions --root root")" -eq 0 ]
fi

# What a check leaves alone
program=$(dirname "$MIMAMORI")/mimamori-check
[ -x "$program" ] || program=$(dirname "$MIMAMORI")/../libexec/mimamori/mimamori-check
ok "it links no ledger, no server, no capture and no engine" sh -c 'libraries=$(ldd "$1") && ! echo "$libraries" | grep -E "duckdb|microhttpd|pcap|duktape|sqlite"' - "$program"
mkfifo pipe
filters_of() { sed -n 's/^Seccomp_filters:[[:space:]]*//p' "/proc/$1/status"; }
own=$(filters_of self) # a container has some already
filters() { # of a check that waits for its ignore list, with these words
    "$MIMAMORI" check versions --root root --ignore pipe "$@" >out 2>err &
    pid=$!
    exec 3>pipe # opens once the check has opened it for reading
    filters_of "$pid"
    echo "$header" >&3
    exec 3>&-
    wait "$pid"
}
ok "without an address it has no network" [ "$(filters)" = $((own + 1)) ]
ok "with one it has" [ "$(filters --feed http://127.0.0.1:9/)" = "$own" ]
find root -type f -exec sha256sum {} + | sort >sums
before=$(find root | sort | xargs stat -c '%n %Y %a')
run look
ok "it changes nothing" [ "$before" = "$(find root | sort | xargs stat -c '%n %Y %a')" ]
ok "neither what is in it" sh -c 'find root -type f -exec sha256sum {} + | sort | cmp - sums'
ok "and leaves nothing at home" [ -z "$(ls -A home)" ]
done_testing
