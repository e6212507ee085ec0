#!/bin/sh
# Query cannot change the ledger, read another file, or reach out; whatever it is asked.
. "$(dirname "$0")/lib.sh"
mimamori init >/dev/null
mimamori point add tokyo 192.0.2.1/32 >/dev/null
cp "$HERE/../../LICENSE" other.txt

everything() { find ledger -type f ! -name 'desk.sqlite-*' -exec cksum {} + | sort; }
everything >before

# refused "a sentence" SQL
refused() {
    exits 2 "$1" mimamori query "$2"
    ok "... in one sentence, and nothing on standard output" eval "one_sentence err && empty out"
}
refused "COPY TO" "COPY (SELECT 1) TO 'copied.csv'"
refused "COPY TO, explained and so run" "EXPLAIN ANALYZE COPY (SELECT 1) TO 'copied.csv'"
refused "COPY TO in the place of a summary" "EXPLAIN ANALYZE COPY (SELECT 1) TO '$PWD/ledger/summary/x.parquet'"
refused "EXPORT" "EXPORT DATABASE 'copied'"
refused "ATTACH" "ATTACH 'copied.db'"
refused "ATTACH of the records" "ATTACH 'ledger/desk.sqlite' (TYPE sqlite)"
refused "INSTALL" "INSTALL httpfs"
refused "LOAD" "LOAD httpfs"
refused "CREATE" "CREATE TABLE t (i INTEGER)"
refused "DROP" "DROP VIEW sighting"
refused "INSERT" "INSERT INTO point VALUES ('osaka', '192.0.2.2/32', NULL, NULL)"
refused "DELETE" "DELETE FROM point"
refused "UPDATE" "UPDATE point SET name = 'x'"
refused "SET" "SET enable_external_access = true"
refused "PRAGMA" "PRAGMA enable_profiling"
refused "CALL" "CALL pragma_version()"
refused "two statements" "SELECT 1; SELECT 2"
refused "a SELECT that would end early" "SELECT 1) TO 'copied.csv' --"
refused "no statement" ""
refused "a file of the system" "SELECT * FROM read_text('/etc/passwd')"
refused "the same as a table" "SELECT * FROM '/etc/passwd'"
refused "the same as CSV" "SELECT * FROM read_csv('/etc/passwd')"
refused "a folder of the system" "SELECT * FROM glob('/etc/*')"
refused "a file beside the ledger" "SELECT * FROM read_text('other.txt')"
refused "the records" "SELECT * FROM read_blob('ledger/desk.sqlite')"
refused "the key" "SELECT * FROM read_blob('ledger/reporter.key')"
refused "the key by a detour" "SELECT * FROM read_blob('ledger/sightings/../reporter.key')"
refused "the environment" "SELECT * FROM read_blob('/proc/self/environ')"
refused "the network" "SELECT * FROM read_text('http://127.0.0.1:9/')"
for descriptor in 3 4 5 6 7 8 9 10 11 12; do
    run mimamori query "SELECT content FROM read_blob('/proc/self/fd/$descriptor/../reporter.key')"
    [ "$code" -eq 2 ] || break
done
ok "the key by the number of an open folder" [ "$code" -eq 2 ]

everything >after
ok "the ledger is as it was" cmp before after
ok "nothing lies about" [ "$(ls | grep -c copied)" -eq 0 ]

chmod -R a-w ledger
exits 0 "a ledger that cannot be written can be read" mimamori query --format csv "SELECT name FROM point"
ok "with its points" is out "$(printf '%s\n' name tokyo)"
chmod -R u+w ledger
done_testing
