#!/bin/sh
# Observation points, and the days they watch.
. "$(dirname "$0")/lib.sh"
mimamori init >/dev/null

exits 0 "a point is added" mimamori point add tokyo-1 192.0.2.0/29 2001:db8::/64 --since 2011-06-01
exits 0 "its name may be Japanese" mimamori point add 大阪 198.51.100.7 --until 2011-10-31
exits 0 "the list lines up" mimamori point list
ok "also with wide characters" is out \
"point    network          since       until
tokyo-1  192.0.2.0/29     2011-06-01  -
tokyo-1  2001:db8::/64    2011-06-01  -
大阪     198.51.100.7/32  -           2011-10-31"
exits 0 "the list as JSON" mimamori point list --json
ok "has open ends as null" python3 -c '
import json
rows = json.load(open("out"))
assert rows[2] == {"point": "大阪", "network": "198.51.100.7/32", "since": None, "until": "2011-10-31"}, rows
assert len(rows) == 3'

refused() {
    mimamori point list >before
    exits 2 "$@"
    ok "... in one sentence" one_sentence err
    mimamori point list >after
    ok "... and nothing changed" cmp before after
}
refused "the same address on the same day is refused" mimamori point add kyoto 192.0.2.4 --since 2012-01-01
ok "by the other point's name" has err "'tokyo-1'"
exits 0 "the same address before those days is fine" mimamori point add kyoto 192.0.2.4 --until 2011-05-31
refused "one day of overlap is too much" mimamori point add nara 198.51.100.0/24 --since 2011-10-31
exits 0 "the day after is fine" mimamori point add nara 198.51.100.0/24 --since 2011-11-01
exits 0 "the address beside is fine" mimamori point add kobe 192.0.2.8
refused "two networks of one command that overlap are refused" mimamori point add ise 203.0.113.0/24 203.0.113.9
refused "all of a command or none" mimamori point add ise 203.0.113.0/24 192.0.2.1
refused "host bits are refused" mimamori point add ise 203.0.113.9/24
refused "what is no address is refused" mimamori point add ise 203.0.113.256
refused "a day that does not exist is refused" mimamori point add ise 203.0.113.0/24 --since 2011-02-29
refused "a first day after the last is refused" mimamori point add ise 203.0.113.0/24 --since 2011-06-02 --until 2011-06-01
exits 0 "one day is fine" mimamori point add ise 203.0.113.0/24 --since 2011-06-01 --until 2011-06-01
refused "a name without characters is refused" mimamori point add '' 203.0.113.0/24
refused "a name with a line break is refused" mimamori point add 'a
b' 203.0.113.0/24
refused "a point without an address is refused" mimamori point add ise

exits 0 "a point is ended" mimamori point end tokyo-1 --until 2011-11-30
ok "on that day, in all its networks" [ "$(mimamori point list | grep -c '^tokyo-1 .* 2011-11-30$')" = 2 ]
exits 0 "a change is told as JSON" mimamori point add uji 100.64.0.0/24 --json
ok "with the day it has no end as null" sh -c "jq -e 'map(select(.point == \"uji\")) == [{point: \"uji\", network: \"100.64.0.0/24\", since: null, until: null}]' out"
refused "an end before the beginning is refused" mimamori point end tokyo-1 --until 2011-05-31
refused "the end of no point is refused" mimamori point end edo --until 2011-05-31
refused "an end without a day is refused" mimamori point end tokyo-1
done_testing
