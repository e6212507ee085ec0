#!/bin/sh
# OVAL: what this evaluator says of this very machine is what OpenSCAP says, definition for definition; where that one has
# it otherwise than the language, the language is held; what nobody means well ends in one sentence, soon.
. "$(dirname "$0")/lib.sh"
case "$OVAL" in /*) ;; *) OVAL=$OLDPWD/$OVAL ;; esac
make() { python3 "$HERE/oval.py" "$@"; }
command -v dpkg-query >/dev/null || skip_all 'no dpkg here'

# same DOCUMENT: both give every definition the same result, and there are COUNT or more.
same() {
    oscap oval eval "$1" >theirs.all 2>err && sed -n 's/^Definition //p' theirs.all | sort >theirs && "$OVAL" "$1" >ours.all &&
        sort ours.all >ours && diff theirs ours >differ && [ "$(wc -l <ours)" -ge "$2" ] || { head -20 differ; wc -l ours; return 1; }
}
# results DOCUMENT RESULT...: each result is there at all.
results() { for result in "$@"; do grep -q ": $result\$" ours || { echo "no '$result'"; return 1; }; done; }

if command -v oscap >/dev/null; then
    make real >real.xml
    ok 'every package, operator, check, variable, function, set and file is judged as OpenSCAP does' same real.xml 2000
    ok 'all results but one are among them' results true false unknown error 'not evaluated'
    make random 20261123 2000 >random.xml
    ok '2,000 definitions by chance are judged as OpenSCAP does' same random.xml 2000
    ok 'they are true, false, unknown and in error' results true false unknown error
fi

# Each definition's title is the result that it must have.
by_title() {
    sed -n 's/.*<definition id="\([^"]*\)".*<title>\([^<]*\)<.*/\1: \2/p' "$1" | sort >wanted
    "$OVAL" "$1" >out && sort out >ours && [ -s wanted ] && diff wanted ours
}
make own >own.xml
ok 'names by pattern, what is not here and what is of another system are judged as the language says' by_title own.xml

make many 30000 >many.xml
# bounded COMMAND...: it comes to an end, and takes no more memory than a machine has, however it was built and whatever
# else runs here. How little it takes is bench/check_oval.sh's.
bounded() {
    python3 - "$@" <<'PY'
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=open('out', 'w'), stderr=open('err', 'w'), timeout=120).returncode
most_kib = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(f'exit {code}, {most_kib} KiB')
sys.exit(0 if most_kib <= 1500000 else 1)
PY
}
ok '30,000 definitions are judged' bounded "$OVAL" many.xml
ok 'and each has a result' test "$(wc -l <out)" -eq 30000

refused() {
    make hostile "$1" >hostile.xml
    bounded "$OVAL" hostile.xml || return 1
    one_sentence err && empty out && grep -q "$2" err || { cat err; return 1; }
}
ok 'entities inside entities are not opened' refused laughs 'hostile.xml:1: the document has a DTD'
ok 'elements nested 100,000 deep are refused' refused deep 'nested too deep'
ok 'an id that is there twice is said with both lines' refused twice "definition 'oval:x:def:1' is there twice (first in line"
ok 'a document that breaks off is refused with the line' refused cut 'hostile.xml:[0-9]*: the XML is broken'
ok 'a word that OVAL does not know is refused with the words it knows' refused word "operator 'NAND' is unknown (expected AND, OR, ONE or XOR)"
truncate -s 3G huge.xml
ok 'a document of 3 GB is refused' bounded "$OVAL" huge.xml
ok 'in one sentence' one_sentence err

judged() {
    make hostile "$1" >hostile.xml
    bounded "$OVAL" --why hostile.xml || return 1
    sed 's/^[^ ]* //' out | cut -c1-400 >whys
    grep -q "$2" whys && ! grep -qvE '^(error|unknown)' whys || { sort whys | uniq -c | head; return 1; }
}
ok 'definitions that extend each other in a circle are in error' judged cycle "error definition 'oval:x:def:1' extends itself"
ok 'a chain of 100,000 definitions ends' judged long 'extends too many others'
ok 'sets of themselves are in error' judged sets 'is made of itself'
ok 'variables and objects of themselves are in error' judged itself 'is made of itself'
ok 'values that double and multiply without end are in error' judged doubling 'has too many values'
ok 'patterns that try for ever are in error' judged bomb 'takes too long'

# A disk beside this machine, and a document as Debian publishes it: found through the face, and a near miss.
mkdir -p disk/var/lib/dpkg disk/etc
printf 'Package: hello\nStatus: install ok installed\nArchitecture: amd64\nVersion: 2.10-3\n' >disk/var/lib/dpkg/status
printf 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n' >disk/etc/os-release
cp /etc/debian_version disk/etc/
of_hello() { make many 30 | sed -e 's/nosuch-[0-9]*/hello/g' -e "s/0:1.0-1\(+b1\)\{0,1\}</0:$1</" >hello.xml; }
of_hello 2.10-4
exits 1 'a package of another disk that is older than what is published is vulnerable' \
    mimamori check versions --root disk --oval hello.xml --json
ok 'by its name and version' python3 -c "
import json
found = [f for f in json.load(open('out'))['findings'] if f['id'] == 'vulnerable']
assert [(f['result'], f['subject']) for f in found] == [('fail', 'hello 2.10-3')], found"
of_hello 2.10-3
run mimamori check versions --root disk --oval hello.xml --json
ok 'the same version as is published is not' python3 -c "
import json
assert not [f for f in json.load(open('out'))['findings'] if f['id'] == 'vulnerable']"
make hostile laughs >hostile.xml
exits 2 'a document with entities inside entities is refused by the face too' mimamori check versions --root disk --oval hostile.xml
ok 'in one sentence' one_sentence err
done_testing
