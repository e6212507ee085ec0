#!/bin/sh
# check-oscap: what libopenscap says through our program of its own is what oscap says, and so is what we make of it for the
# rules of a benchmark.
. "$(dirname "$0")/lib.sh"

if ! command -v oscap >/dev/null || ! command -v python3 >/dev/null; then
    echo "1..0 # SKIP no oscap here"
    exit 0
fi
for document in definitions benchmark-1.1 benchmark-1.2; do
    python3 "$HERE/xccdf.py" $document >$document.xml
done

# ours and theirs are the same, as many, and hold each of these results
the_same() {
    sort ours >ours.sorted
    sort theirs | diff ours.sorted - || return 1
    [ "$(wc -l <ours)" -ge "$1" ] || return 1
    shift
    for result in "$@"; do grep -q ":$result\$" ours || { echo "no $result"; return 1; }; done
}

"$XCCDF" definitions.xml >ours
oscap oval eval definitions.xml 2>err | sed -n 's/^Definition \(.*\): /\1:/p' >theirs
ok 'definitions have the result that oscap gives them' the_same 20 true false unknown
for version in 1.1 1.2; do
    "$XCCDF" definitions.xml benchmark-$version.xml >all
    grep -v ':notselected$' all >ours # oscap passes over them
    oscap xccdf eval --progress benchmark-$version.xml >theirs 2>err
    ok "rules of XCCDF $version have the result that oscap gives them" the_same 40 pass fail unknown notchecked
    ok 'and those that are not selected are told as such' [ "$(grep -c ':notselected$' all)" -eq 4 ]
done

exits 2 'a document that is none is one sentence' "$XCCDF" benchmark-1.1.xml
ok 'which says so' one_sentence err
printf '%s' '<oval_definitions' >cut.xml
exits 2 'so is one that is cut off' "$XCCDF" cut.xml
ok 'which says so' one_sentence err
# The whole way: an object that our own evaluator does not know is asked of libopenscap by the check, which has no network.
cat >shell.xml <<'END'
<oval_definitions xmlns="http://oval.mitre.org/XMLSchema/oval-definitions-5" xmlns:c="http://oval.mitre.org/XMLSchema/oval-common-5"
 xmlns:u="http://oval.mitre.org/XMLSchema/oval-definitions-5#unix">
<generator><c:schema_version>5.10</c:schema_version><c:timestamp>2026-11-01T00:00:00</c:timestamp></generator>
<definitions><definition class="vulnerability" id="oval:made:def:1" version="1"><metadata><title>root is a user</title>
<reference source="CVE" ref_id="CVE-2011-0001"/><description>d</description></metadata>
<criteria><criterion test_ref="oval:made:tst:1"/></criteria></definition></definitions>
<tests><u:password_test check="all" comment="c" id="oval:made:tst:1" version="1"><u:object object_ref="oval:made:obj:1"/></u:password_test></tests>
<objects><u:password_object id="oval:made:obj:1" version="1"><u:username>root</u:username></u:password_object></objects>
</oval_definitions>
END
SOURCE_DATE_EPOCH=1795435200 run mimamori check versions --oval shell.xml --json
ok 'the check asks libopenscap for what it cannot judge itself' has out '"result": "fail", "subject": "root is a user", "seen": "CVE-2011-0001"'

cat >laughs.xml <<'END'
<?xml version="1.0"?>
<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;">
<!ENTITY g "&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;"><!ENTITY h "&g;&g;&g;&g;&g;&g;&g;&g;&g;&g;"><!ENTITY i "&h;&h;&h;&h;&h;&h;&h;&h;&h;&h;">]>
<oval_definitions xmlns="http://oval.mitre.org/XMLSchema/oval-definitions-5"><definitions>&i;</definitions></oval_definitions>
END
exits 2 'a document that grows without end too' "$XCCDF" laughs.xml
ok 'which says so' one_sentence err

# What the program says is believed only where it is whole and in its form: a stand-in beside a copy of ours says all else.
cp "$XCCDF" judge
chmod +x judge
says() {
    printf '#!/bin/sh\nprintf "%s"\n%s\n' "$1" "${2:-}" >mimamori-check-openscap
    chmod +x mimamori-check-openscap
}
definition='definition\tid\ttrue\tpatch\ttitle\tCVE\tproduct\n'
says "written\t2026-11-01T00:00:00\n${definition}end\t1\n"
exits 0 'an answer as it should be is taken' ./judge definitions.xml
ok 'for what it is' is out 'id:true'
for answer in '' "$definition" "${definition}end\t2\n" "${definition}end\t1" "${definition}end\t1\nmore\n" "end\t0\n$definition" \
    'definition\tid\ttrue\tpatch\ttitle\tCVE\nend\t1\n' 'definition\tid\ttrue\tpatch\ta\tb\tc\td\nend\t1\n' \
    'definition\tid\tTRUE\tpatch\ttitle\tCVE\tproduct\nend\t1\n' 'definition\tid\ttrue\tgood\ttitle\tCVE\tproduct\nend\t1\n' \
    'definition\t\ttrue\tpatch\ttitle\tCVE\tproduct\nend\t1\n' 'something else\n'; do
    says "$answer"
    exits 2 "an answer is refused that is: $(printf '%s' "$answer" | tr '\\' '/')" ./judge definitions.xml
    ok 'in one sentence' one_sentence err
done
says "${definition}end\t1\n" 'exit 1'
exits 2 'so is one of a program that fails' ./judge definitions.xml
ok 'in one sentence' is err 'mimamori: definitions.xml: libopenscap: broke off (exit 1)'
says "${definition}end\t1\n" 'kill -9 $$'
exits 2 'or that is killed behind its last word' ./judge definitions.xml
ok 'in one sentence' is err 'mimamori: definitions.xml: libopenscap: broke off (signal 9)'
done_testing
