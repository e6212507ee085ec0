#!/bin/sh
# check versions --feed: the MyJVN API and single documents over HTTP, as a server gives them well and badly; what is kept of
# them, and how old it may be; and that nothing goes to the network where no address is given.
. "$(dirname "$0")/lib.sh"
command -v python3 >/dev/null || skip_all "no python3 here"
export XDG_CACHE_HOME="$FOLDER/cache"
day() { SOURCE_DATE_EPOCH=$(date -u -d "$1 12:00" +%s); export SOURCE_DATE_EPOCH; }
day 2026-11-23

python3 "$HERE/myjvn.py" port log 2>server.err & SERVER=$!
CLEAN='kill $SERVER 2>/dev/null'
waited=0
while [ ! -e port ] && [ $waited -lt 100 ]; do sleep 0.1; waited=$((waited + 1)); done
AT=http://127.0.0.1:$(cat port)

cat >hive.txt <<'HIVE'
[Microsoft\Windows NT\CurrentVersion]
"ProductName"="Windows 10 Pro"
"CurrentBuildNumber"="19045"
[Microsoft\Windows\CurrentVersion\Uninstall\Mozilla Firefox 140.0 (x64 ja)]
"DisplayName"="Mozilla Firefox (x64 ja)"
"DisplayVersion"="140.0"
"Publisher"="Mozilla"
[Microsoft\Windows\CurrentVersion\Uninstall\Firefox ESR]
"DisplayName"="Mozilla Firefox ESR (x64 ja)"
"DisplayVersion"="140.0"
"Publisher"="Mozilla"
[Mozilla\Mozilla Firefox]
"Version"="140.0"
HIVE
"$MADE" hive hive.txt SOFTWARE || exit 1

check() { mimamori check versions --registry SOFTWARE "$@"; }
# found RESULT: "subject|seen" of all findings `vulnerable` of that result
found() { jq -r --arg result "$1" '.findings[] | select(.id == "vulnerable" and .result == $result) | .subject + "|" + .seen' out; }
asked() { grep -c "$1" log; }

# --- the API, well ---
exits 1 "the MyJVN API is asked, and something is found" check --feed "$AT/well/myjvn" --json
found fail >failed
ok "what the details say is inside is vulnerable, by the words of the range" grep -q '^Mozilla Firefox (x64 ja) 140.0|JVNDB-2026-000002: ' failed
ok "and so is what a definition says" grep -q 'CVE-2026-0001' failed
ok "nothing else: not the version before which it begins, not what is safe, not another product" [ "$(wc -l <failed)" = 2 ]
ok "what is unclear, or has no details, is unknown in one line" \
    [ "$(found unknown)" = "Mozilla Firefox (x64 ja) 140.0|JVN tells of vulnerabilities in this product: JVNDB-2026-000003, JVNDB-2026-000005" ]
ok "an answer is as old as the day it was given, whatever its generator says" \
    [ "$(jq '[.findings[] | select(.id == "vulnerable").source_age_days] | unique == [0]' out)" = true ]
ok "all pages were read" [ "$(asked 'method=getVulnOverviewList.*keyword=mozilla%20firefox&.*startItem=')" = 3 ]
ok "from the entry behind the last one" [ "$(sed -n 's/.*keyword=mozilla%20firefox&.*startItem=\([0-9]*\).*/\1/p' log | tr '\n' ' ')" = "1 51 101 " ]
ok "for all of the time, not only for last week" grep -q 'rangeDatePublic=n&rangeDatePublished=n&rangeDateFirstPublished=n' log
ok "details were asked for ten at a time, of what concerns this machine" [ "$(asked 'method=getVulnDetailInfo')" = 6 ]
ok "each document was asked for once" [ "$(asked 'method=getOvalData')$(asked 'method=getXccdfData')" = 21 ]
ok "the program says who it is" [ "$(grep -vc 'agent=mimamori/[0-9.]* ' log)" = 0 ]
ok "in English the API is asked for English" grep -q 'lang=en' log
before=$(wc -l <log)
cp out first
exits 1 "a second time on the same day" check --feed "$AT/well/myjvn" --json
ok "nothing is asked again" [ "$(wc -l <log)" = "$before" ]
ok "and the same is found" cmp first out
exits 1 "a user of Japanese" check --feed "$AT/well/myjvn" --lang ja
ok "gets the API's Japanese" grep -q 'lang=ja' log

# --- what is kept ---
ok "what is kept is its owner's alone" [ "$(stat -c %a cache/mimamori/feeds)" = 700 ]
ok "with the address and the day it came from" grep -aq "^address: $AT/well/myjvn?method=getXccdfList" cache/mimamori/feeds/*
ok "and nothing half-written lies about" [ -z "$(find cache -name '*.new')" ]
kill $SERVER; wait $SERVER 2>/dev/null
day 2026-12-23
exits 1 "thirty days later, without network" check --feed "$AT/well/myjvn" --json
ok "the kept copies say the same" [ "$(found fail)" = "$(cat failed)" ]
ok "with their age" [ "$(jq '[.findings[] | select(.id == "vulnerable" and .result == "fail").source_age_days] | unique == [30]' out)" = true ]
ok "and a sentence tells of it" sh -c "jq -r '.summary[]?' out | grep -q 'could not be fetched.*2026-11-23'"
day 2026-12-24
exits 1 "a day later" check --feed "$AT/well/myjvn" --json
ok "what was found still is" [ "$(found fail)" = "$(cat failed)" ]
ok "but what is not found is no longer well: the feeds are too old" sh -c "jq -r '.findings[] | select(.id == \"vulnerable\" and .result == \"unknown\").seen' out | grep -q '31 days old'"
rm -rf cache
exits 2 "where nothing was kept, the check cannot go by it" check --feed "$AT/well/myjvn" --json
ok "one sentence names the address" one_sentence err
ok "..." has err "$AT/well/myjvn?method=getXccdfList"
mkdir cache; mkdir -m 777 cache/mimamori; mkdir -m 777 cache/mimamori/feeds; chmod 777 cache/mimamori/feeds
day 2026-11-23
rm -f port
python3 "$HERE/myjvn.py" port log 2>>server.err & SERVER=$!
waited=0
while [ ! -e port ] && [ $waited -lt 100 ]; do sleep 0.1; waited=$((waited + 1)); done
AT=http://127.0.0.1:$(cat port)
exits 1 "a folder that others can write to is not kept in" check --feed "$AT/oval/x" --json
ok "which a sentence tells" sh -c "jq -r '.summary[]?' out | grep -q 'could not be kept'"
ok "nothing is put there" [ -z "$(ls cache/mimamori/feeds)" ]
rm -rf cache

# --- the API, badly ---
for manner in "error|MyJVN answers with an error: E1 the service is closed? for tonight" "missing|HTTP status 404" "broken|HTTP status 500" \
    "html|is not well-formed XML\|has no status\|begins with" "laughs|has a document type declaration"; do
    : >log
    exits 2 "an API that is ${manner%%|*}" check --feed "$AT/${manner%%|*}/myjvn" --json
    ok "is told of in one sentence" one_sentence err
    ok "which says why" grep -q "${manner#*|}" err
    ok "and is not asked again and again" [ "$(wc -l <log)" -le 3 ]
done
for manner in "empty|an empty answer after 50 of 120" "again|begins with entry 1 (expected 51)" "more|holds entries up to 50 of 20" "growing|its total changes while it is read"; do
    : >log
    exits 1 "overviews whose figures lie (${manner%%|*})" check --feed "$AT/${manner%%|*}/myjvn" --json
    ok "are unknown, and what else is known is still told" grep -q 'CVE-2026-0001' out
    found unknown >unknown
    ok "in a sentence" grep -q "${manner#*|}" unknown
    ok "without a loop" [ "$(wc -l <log)" -le 20 ]
done
: >log
exits 3 "documents that cannot be had" check --feed "$AT/half/myjvn" --json
found unknown >unknown
ok "are counted" grep -q '5 answers could not be had: .*HTTP status 500' unknown
ok "and a server in trouble is left alone after the third" [ "$(asked 'Data')$(wc -l <log)" = 35 ]

# --- single documents ---
exits 1 "a document by its address" check --feed "$AT/oval/x.xml" --json
ok "says what it says" [ "$(found fail | grep -c CVE-2026-0001)" = 1 ]
ok "and is as old as its generator says" [ "$(jq '[.findings[] | select(.id == "vulnerable").source_age_days] | max > 5000' out)" = true ]
for manner in zipped packed moved same; do
    exits 1 "a document that is $manner" check --feed "$AT/$manner/x.xml" --json
    ok "says the same" [ "$(found fail | grep -c CVE-2026-0001)" = 1 ]
done
day 2026-11-24
: >log
exits 1 "the next day" check --feed "$AT/same/x.xml" --json
ok "it is asked for only if it has changed" grep -q 'etag="one" modified=Mon, 23 Nov 2026 09:00:00 GMT' log
ok "and the kept one says the same" [ "$(found fail | grep -c CVE-2026-0001)" = 1 ]
: >log
exits 1 "again" check --feed "$AT/same/x.xml" --json
ok "it need not be asked for" empty log
day 2026-11-23

check --feed "$AT/slow/x.xml" --json >slow.out 2>slow.err & SLOW=$!
XDG_CACHE_HOME="$FOLDER/many" check --feed "$AT/many/myjvn" --json >many.out 2>many.err & MANY=$!
for manner in "loop|leads on and on (expected at most 5 redirects)" "local|leads to 'file' (expected http or https)" "secret|holds a name or a password" \
    "cut|cannot be fetched: " "huge|holds more than 268435456 bytes" "endless|holds more than 268435456 bytes" "bomb|holds more than 268435456 bytes" \
    "html|begins with 'html'" "laughs|has a document type declaration" "deep|elements lie more than 100 deep" "missing|HTTP status 404"; do
    exits 2 "a document that is ${manner%%|*}" check --feed "$AT/${manner%%|*}/x.xml" --json
    ok "is told of in one sentence with its address" one_sentence err
    ok "..." has err "$AT/${manner%%|*}/x.xml"
    ok "... that says why" has err "${manner#*|}"
    ok "after few requests" [ "$(asked "^/${manner%%|*}/")" -le 7 ]
done
ok "nothing of these was kept" sh -c "! grep -alE '^address: $AT/(loop|local|secret|cut|huge|endless|bomb|html|laughs|deep)/' cache/mimamori/feeds/*"
exits 2 "an address with a name and a password" check --feed "http://me:word@127.0.0.1/x.xml"
ok "is refused" has err "holds a name or a password"
exits 2 "an address that is none" check --feed "http://"
ok "..." has err "is no address"
exits 2 "a port where nobody listens" check --feed "http://127.0.0.1:1/x.xml"
ok "..." has err "cannot be fetched: "
wait $SLOW; code=$?
ok "a server that says nothing is given up" [ $code -eq 2 ]
ok "which a sentence tells" one_sentence slow.err

wait $MANY; code=$?
ok "an API that lists more than is kind to ask for is asked 400 times" [ "$(asked '^/many/')" = 400 ]
ok "and the rest is unknown" [ $code -eq 3 ]
ok "which is told" grep -q 'is not asked for any more after 400 requests' many.out

# --- https ---
if command -v openssl >/dev/null; then
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key -out pem -days 2 -subj /CN=localhost \
        -addext subjectAltName=DNS:localhost,IP:127.0.0.1 >/dev/null 2>&1
    python3 "$HERE/myjvn.py" secure-port secure-log pem key 2>>server.err & SECURE=$!
    CLEAN='kill $SERVER $SECURE 2>/dev/null'
    waited=0
    while [ ! -e secure-port ] && [ $waited -lt 100 ]; do sleep 0.1; waited=$((waited + 1)); done
    exits 2 "a certificate that nobody vouches for" check --feed "https://localhost:$(cat secure-port)/oval/x.xml"
    ok "is refused before anything is asked" absent secure-log
    ok "in one sentence" one_sentence err
fi

# --- no network where no address is given ---
if unshare -rn true 2>/dev/null; then
    curl -s "$AT/oval/x.xml" >definitions.xml
    exits 1 "a file needs no network at all" unshare -rn "$MIMAMORI" check versions --registry SOFTWARE --feed definitions.xml --json
    ok "and says the same" [ "$(found fail | grep -c CVE-2026-0001)" = 1 ]
fi
if command -v strace >/dev/null && strace -f -o /dev/null true 2>/dev/null; then
    strace -f -e trace=%network -o calls "$MIMAMORI" check versions --registry SOFTWARE --feed definitions.xml --json >out 2>err
    ok "no socket to anywhere is opened for it" sh -c "! grep -E 'AF_INET|AF_INET6|connect\(' calls"
fi
ok "the server was never at a loss" sh -c "! grep -E '^[A-Za-z.]*Error' server.err | grep -vE 'BrokenPipe|ConnectionReset|SSL'"
done_testing
