#!/bin/sh
# What is installed on this machine, and what is the latest of it: as dpkg and apt themselves say, and sooner.
. "$(dirname "$0")/lib.sh"
export HOME="$FOLDER/home"
unset SOURCE_DATE_EPOCH XDG_CONFIG_HOME LC_MESSAGES LANG
mkdir -p home
names() { jq -r ".findings[] | select($1) | .subject | split(\" \")[0]" "$2"; }
# A disk of Debian 12 with one package in this version, and lists of that day that offer another.
disk() {
    mkdir -p "$1/etc" "$1/var/lib/dpkg" "$1/var/lib/apt/lists"
    printf 'ID=debian\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_ID="12"\n' >"$1/etc/os-release"
    printf 'Package: openssl\nStatus: install ok installed\nArchitecture: amd64\nVersion: %s\n' "$2" >"$1/var/lib/dpkg/status"
    printf 'Codename: bookworm\nDate: Sun, 22 Nov 2026 02:09:05 UTC\n' >"$1/var/lib/apt/lists/x_InRelease"
    printf 'Package: openssl\nArchitecture: amd64\nVersion: %s\n' "$3" >"$1/var/lib/apt/lists/x_Packages"
}

if command -v dpkg-query >/dev/null && [ -s /var/lib/dpkg/status ]; then
    run mimamori check versions --json --all
    ok "this machine can be looked at" test "$code" -ne 2
    dpkg-query -Wf '${db:Status-Status}\n' | grep -cE '^(installed|triggers-|unpacked|half-configured)' >wanted
    jq '.looked_at - 1' out >got # the system itself
    ok "every package that dpkg calls installed is looked at" diff wanted got
else
    echo "# no dpkg here: nothing to be held against"
fi
if command -v apt >/dev/null && ls /var/lib/apt/lists/*_Packages* >/dev/null 2>&1 &&
    ! ls /etc/apt/preferences /etc/apt/preferences.d/* 2>/dev/null | grep -q mimamori; then
    apt list --upgradable 2>/dev/null | sed -n 's|/[^ ]* | |p' | awk '{print $1, $2}' | sort -u >wanted
    jq -r '.findings[] | select(.id == "not-latest" and .result == "fail") | (.subject | split(" ")[0] | split(":")[0]) + " " + .expected' \
        out | sort -u >got
    ok "what is not the latest is what apt would upgrade, to the same versions" diff wanted got
    begun=$(date +%s%N)
    apt list --upgradable >/dev/null 2>&1
    theirs=$(($(date +%s%N) - begun)) begun=$(date +%s%N)
    mimamori check versions --json >/dev/null
    ours=$(($(date +%s%N) - begun))
    echo "# apt list --upgradable: $((theirs / 1000000)) ms, check versions: $((ours / 1000000)) ms"
    ok "it takes under a second" test "$ours" -lt 1000000000
else
    echo "# apt has no lists here: nothing to be held against"
fi

export SOURCE_DATE_EPOCH=1795435200 # 2026-11-23
disk latest 3.0.17-1 3.0.17-1
disk behind 3.0.15-1 3.0.17-1
disk alone 3.0.15-1 3.0.1-1
exits 0 "the latest is well" mimamori check versions --root latest
exits 1 "what is behind is wrong" mimamori check versions --root behind
ok "and it is said what to do" has out 'sudo apt upgrade'
exits 3 "what no list offers could not be judged" mimamori check versions --root alone
contents() { find latest behind alone -exec ls -ldi --time-style=full-iso {} + -type f -exec cksum {} +; }
contents >before
for root in latest behind alone; do
    run mimamori check versions --root "$root"
done
contents >after
ok "what was looked at stays as it was, to the last time" diff before after

# The same in Japanese
exits 1 "in Japanese too" mimamori check versions --root behind --lang ja
ok "it is said what to do" has out '更新してください'
ok "and that vulnerabilities were not looked up" has out '脆弱性は調べていません'

# A disk that leads out: a name outside of it is never told
mkdir -p out-of-it
disk hostile 1 1
rm -rf hostile/var/lib/dpkg
printf 'Package: secret-of-the-host\nStatus: install ok installed\nVersion: 1\n' >out-of-it/status
ln -s "$FOLDER/out-of-it" hostile/var/lib/dpkg
run mimamori check versions --root hostile --json --all
ok "a link out of the disk leads nowhere" sh -c '! grep -q secret-of-the-host out'
ok "and nothing is found to be well" test "$code" -eq 3
rm hostile/var/lib/dpkg
ln -s ../../../../../../../../../../../../../../../../../../../../etc/passwd hostile/etc/os-release 2>/dev/null
exits 3 "nor do steps upward" mimamori check versions --root hostile

# Only files are read
disk devices 1 1
rm devices/var/lib/dpkg/status
mkfifo devices/var/lib/dpkg/status
exits 3 "a pipe is not waited for" timeout 20 "$MIMAMORI" check versions --root devices
ok "and it is said that it is no file" has out 'it is not a file'

# Bombs
disk bomb 3.0.15-1 3.0.17-1
head -c 200000000 /dev/zero | gzip -1 >bomb/var/lib/dpkg/status
exits 3 "a list that unpacks to too much is not read to its end" timeout 60 "$MIMAMORI" check versions --root bomb
ok "one sentence tells the limit" has out 'is longer than 134217728 bytes when unpacked'
disk many 1 1
seq 1 200100 | sed 's/.*/Package: p&\nStatus: install ok installed\nVersion: 1\n/' >many/var/lib/dpkg/status
exits 3 "there is a limit of packages" timeout 60 "$MIMAMORI" check versions --root many
ok "and it is told" has out 'more than 200000 packages'

done_testing
