#!/bin/sh
# Import: every rule for a bad row once, each beside a near miss that is good.
. "$(dirname "$0")/lib.sh"
mimamori init >/dev/null
number=0

# takes KIND "a sentence" LINE...: a file of these lines is taken in.
takes() {
    kind=$1 sentence=$2; shift 2; number=$((number + 1))
    printf '%s\n' "$@" >"good$number.csv"
    exits 0 "$sentence" mimamori import "$kind" "good$number.csv"
}
# refuses KIND LINE "what the sentence says" "a sentence" LINE...: and nothing changed.
refuses() {
    kind=$1 line=$2 says=$3 sentence=$4; shift 4; number=$((number + 1))
    printf '%s\n' "$@" >"bad$number.csv"
    ledger_rows ledger >before
    exits 2 "$sentence" mimamori import "$kind" "bad$number.csv"
    ok "... by file and line, and what was expected" has err "mimamori: bad$number.csv:$line: $says"
    ledger_rows ledger >after
    ok "... and nothing changed" cmp before after
}
M=reporter,accepted_on,detected_on,name,kind,detections,route
A=reporter,received_on,harm,category,cause
C=received_on,channel,topic,access,harm
H=month,figure,value

takes malware "a virus report" $M r1,2011-11-05,2011-11-04,W32/Netsky,virus,3,mail
ok "its account adds up" is out "1 report (3 detections) from 1 row of 'good1.csv'"
takes malware "columns in any order, a byte-order mark, CRLF, blanks around cells, a comma in quotes" \
    "$(printf '\357\273\277route,kind,detections,name,detected_on,accepted_on,reporter\r')" \
    "$(printf ' web ,program, 2 ,"Trojan, a",2011-11-04,　2011-11-04 ,r2\r')"
ok "the name kept its comma" [ "$(value "SELECT count(*) FROM malware_report WHERE name = 'Trojan, a' AND detections = 2")" = 1 ]
takes malware "the same reporter, day and name: one report" $M r3,2011-11-01,2011-11-01,W32/A,virus,2,mail r3,2011-11-02,2011-11-01,W32/A,virus,5,web
ok "with all its detections" is out "1 report (7 detections) from 2 rows of 'good3.csv'"
takes malware "accepted in two months: two reports" $M r4,2011-10-31,2011-10-30,W32/A,virus,1, r4,2011-11-01,2011-10-30,W32/A,virus,1,
ok "as the rule says" has out "2 reports (2 detections)"
takes malware "a file with a header alone has no rows" $M
takes malware "a leap day" $M r5,2012-02-29,2012-02-29,W32/A,virus,1,unknown
refuses malware 2 "'accepted_on' is '2011-02-29' (expected a day that exists" "a day that does not exist" $M r5,2011-02-29,2011-02-01,W32/A,virus,1,
refuses malware 2 "'detected_on' is '2011-11-31'" "a day past the month's end" $M r5,2011-12-01,2011-11-31,W32/A,virus,1,
refuses malware 2 "'accepted_on' is '2011/11/05'" "a day written otherwise" $M r5,2011/11/05,2011-11-01,W32/A,virus,1,
refuses malware 2 "'accepted_on' is '1911-11-05' (expected a year" "a year of another century" $M r5,1911-11-05,1911-11-01,W32/A,virus,1,
takes malware "a detection on the day of its acceptance" $M r6,2011-11-05,2011-11-05,W32/A,virus,1,media
refuses malware 2 "'detected_on' is later than 'accepted_on'" "a detection after its acceptance" $M r6,2011-11-05,2011-11-06,W32/A,virus,1,media
refuses malware 2 "'kind' holds something else (expected virus or program)" "an unknown kind" $M r6,2011-11-05,2011-11-05,W32/A,Virus,1,media
refuses malware 2 "'route' holds something else (expected mail, download, web, media, network, other, unknown or empty)" "an unknown route" $M r6,2011-11-05,2011-11-05,W32/A,virus,1,post
refuses malware 2 "'detections' is '0' (expected a whole number from 1" "no detections" $M r6,2011-11-05,2011-11-05,W32/A,virus,0,
refuses malware 2 "'detections' is '-1'" "fewer than none" $M r6,2011-11-05,2011-11-05,W32/A,virus,-1,
refuses malware 2 "'detections' is '1.5'" "half a detection" $M r6,2011-11-05,2011-11-05,W32/A,virus,1.5,
refuses malware 2 "'detections' is empty" "detections left out" $M r6,2011-11-05,2011-11-05,W32/A,virus,,
refuses malware 3 "the detections of this report come to more than" "a sum past the limit" $M r6,2011-11-05,2011-11-05,W32/Z,virus,1000000000000, r6,2011-11-05,2011-11-05,W32/Z,virus,1,
refuses malware 2 "'reporter' is empty" "a report of nobody" $M " ,2011-11-05,2011-11-05,W32/A,virus,1,"
refuses malware 2 "'name' is empty" "a virus without a name" $M r6,2011-11-05,2011-11-05,,virus,1,
long=$(printf '%0200d' 0 | sed 's/0/ウ/g')
takes malware "a name of 200 characters" $M "r7,2011-11-05,2011-11-05,$long,virus,1,"
refuses malware 2 "'name' holds something else (expected 1 to 200 characters)" "a name of 201" $M "r7,2011-11-05,2011-11-05,${long}x,virus,1,"
refuses malware 2 "'name' has a control character" "a name with an escape" $M "$(printf 'r7,2011-11-05,2011-11-05,a\033[2J,virus,1,')"
refuses malware 3 "'kind' is 'program', but" "one report of two kinds" $M r8,2011-11-05,2011-11-05,W32/A,virus,1, r8,2011-11-05,2011-11-05,W32/A,program,1,
takes malware "the same name of two kinds on two days" $M r8,2011-11-05,2011-11-05,W32/A,virus,1, r8,2011-11-05,2011-11-04,W32/A,program,1,
refuses malware 3 "a second header" "a second header" $M r9,2011-11-05,2011-11-05,W32/A,virus,1, $M
refuses malware 2 "6 cells (expected 7, as in the header)" "a cell too few" $M r9,2011-11-05,2011-11-05,W32/A,virus,1
refuses malware 2 "8 cells" "a cell too many" $M r9,2011-11-05,2011-11-05,W32/A,virus,1,mail,mail
refuses malware 2 "a quote" "a quote that is not closed" $M 'r9,2011-11-05,2011-11-05,"W32/A,virus,1,mail'
refuses malware 2 "the row is not UTF-8" "a row that is not UTF-8" $M "$(printf 'r9,2011-11-05,2011-11-05,\377,virus,1,mail')"
refuses malware 1 "column 8, 'colour', is unknown" "an unknown column" $M,colour
refuses malware 1 "the column 'route' is missing" "a missing column" "${M%,route}"
refuses malware 1 "the column 'kind' is there twice" "a column twice" $M,kind
refuses malware 1 "the header is missing" "no header" r9,2011-11-05,2011-11-05,W32/A,virus,1,mail
: >empty.csv; exits 2 "an empty file" mimamori import malware empty.csv
exits 2 "a file that is not there" mimamori import malware none.csv
ok "... in one sentence" one_sentence err
exits 2 "a folder" mimamori import malware ledger
exits 2 "an unknown kind of record" mimamori import viruses good1.csv

takes access "harm with a category of harm" $A r1,2011-11-01,yes,intrusion,password r1,2011-11-01,yes,other-harm, r1,2011-11-02,yes,worm,unknown
takes access "no harm with a category of none" $A r1,2011-11-01,no,probe, r1,2011-11-01,no,worm-trace, r1,2011-11-02,no,other,
ok "three reports, though two are alike" has out "3 reports from 3 rows"
refuses access 2 "'category' is 'probe' with harm 'yes'" "a probe with harm" $A r1,2011-11-01,yes,probe,
refuses access 2 "'category' is 'other' with harm 'yes'" "other with harm" $A r1,2011-11-01,yes,other,
refuses access 2 "'category' is 'dos' with harm 'no'" "a DoS without harm" $A r1,2011-11-01,no,dos,
refuses access 2 "'harm' is empty" "harm left out" $A r1,2011-11-01,,dos,
refuses access 2 "'category' is empty" "a category left out" $A r1,2011-11-01,yes,,
refuses access 2 "'cause' holds something else" "an unknown cause" $A r1,2011-11-01,yes,dos,luck
refuses access 2 "'reporter' is empty" "an access report of nobody" $A ,2011-11-01,yes,dos,

takes consultations "consultations of all channels" $C 2011-11-01,auto,one-click,, 2011-11-01,phone,winny,no, 2011-11-01,mail,ワンクリック,yes,yes 2011-11-01,other,intrusion,yes,no
refuses consultations 2 "'channel' is 'fax' (expected auto, phone, mail or other)" "an unknown channel" $C 2011-11-01,fax,one-click,,
refuses consultations 2 "'topic' is empty" "a consultation about nothing" $C 2011-11-01,auto,,,
refuses consultations 2 "'harm' is empty with access 'yes'" "access without harm" $C 2011-11-01,auto,x,yes,
refuses consultations 2 "'harm' is 'no' without access 'yes'" "harm without access" $C 2011-11-01,auto,x,,no
refuses consultations 2 "'harm' is 'yes' without access 'yes'" "harm with access no" $C 2011-11-01,auto,x,no,yes
refuses consultations 2 "'access' is 'maybe'" "an unknown answer" $C 2011-11-01,auto,x,maybe,

takes history "published totals" $H 2011-08,virus.detections,25143 2011-09,observation.accesses_per_point_day,0
refuses history 2 "'figure' is 'virus.detections_change_percent'" "a figure that cannot be given" $H 2011-08,virus.detections_change_percent,3
refuses history 2 "'month' is '2011-13'" "a month that does not exist" $H 2011-13,virus.detections,3
refuses history 2 "'month' is '2011-08-01'" "a day for a month" $H 2011-08-01,virus.detections,3
refuses history 2 "'value' is '25,143'" "a value with a comma" $H '2011-08,virus.detections,"25,143"'
takes history "the same month and figure again" $H 2011-08,virus.detections,25144
ok "replaces the value" is out "1 figure from 1 row of 'good$number.csv'"

{ echo $M; for i in $(seq 25); do echo "r,2011-11-05,2011-11-0$((i % 9 + 1)),W32/A,virus,0,"; done; } >many.csv
exits 2 "25 bad rows" mimamori import malware many.csv
ok "20 are told" [ "$(grep -c '^mimamori: many.csv:' err)" = 20 ]
ok "and that there are 5 more" has err "mimamori: and 5 more"
printf '%s\n' $M r1,2011-11-07,2011-11-07,W32/J,virus,3,mail >piped.csv
exits 0 "standard input as JSON" mimamori import malware - --json <piped.csv
ok "tells what was taken in" is out '{"import":"malware","file":"-","outcome":"taken","rows":1,"bad_rows":0,"reports":1,"detections":3}'

harmless() { ! grep -q "$(printf '\033')" out err; }
evil=$(printf 'a\033]0;b\033[2Jc.csv'); printf '%s\n' $M r1,2011-11-08,2011-11-08,W32/K,virus,3,mail >"$evil"
exits 0 "a file whose name would steer a terminal is taken in" mimamori import malware "$evil"
ok "and its name told harmlessly" harmless
ok "as far as it can be" has out "'a?]0;b?[2Jc.csv'"
exits 0 "once more" mimamori import malware "$evil"
ok "harmlessly again" harmless
exits 2 "as the wrong kind too" mimamori import access "$evil"
ok "harmlessly as well" harmless

latin=$(printf 'caf\351.csv'); printf '%s\n' $M r1,2011-11-08,2011-11-08,W32/M,virus,3,mail >"$latin"
exits 0 "a file whose name is not UTF-8 is taken in" mimamori import malware "$latin" --json
ok "and told as JSON, without its name" is out '{"import":"malware","file":null,"outcome":"taken","rows":1,"bad_rows":0,"reports":1,"detections":3}'

printf '%s\n' $M r1,2011-11-09,2011-11-09,W32/L,virus,3,mail >untold.csv
to_full() { "$@" >/dev/full; }
exits 1 "what was taken in and could not be told is done in part" to_full mimamori import malware untold.csv
ok "it says so" is err "mimamori: standard output: cannot write: No space left on device (what was done is kept)"
exits 2 "where nothing changed it is not done" to_full mimamori import malware untold.csv
ok "it says so" is err "mimamori: standard output: cannot write: No space left on device"
exits 2 "a question neither" to_full mimamori query "SELECT 1"
done_testing
