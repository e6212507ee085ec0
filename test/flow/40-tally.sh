#!/bin/sh
# A small month from files to figures.json: every number below was added up by hand.
. "$(dirname "$0")/lib.sh"
CAPTURES=$HERE/../golden/observe

# figure 'JQ PATH' 'JSON' "a sentence": what figures.json says there.
figure() { ok "$3" is_json "$1" "$2"; }
is_json() { jq -c "$1" november/figures.json >seen && is seen "$2"; }

mimamori init >/dev/null
mimamori point add desk 192.0.2.1 --since 2011-11-06 >/dev/null # 25 days of November
cat >malware.csv <<END
reporter,accepted_on,detected_on,name,kind,detections,route
r1,2011-11-01,2011-10-31,W32/Netsky,virus,3,mail
r1,2011-11-02,2011-10-31,W32/Netsky,virus,4,mail
r2,2011-11-02,2011-10-31,W32/Netsky,virus,1,mail
r1,2011-11-02,2011-11-01,W32/Mytob,virus,10,web
r1,2011-10-31,2011-10-31,W32/Mytob,virus,20,web
r1,2011-12-01,2011-11-30,W32/Mytob,virus,99,web
r3,2011-11-30,2011-11-30,BACKDOOR,program,5,
END
cat >access.csv <<END
reporter,received_on,harm,category,cause
r1,2011-11-05,yes,intrusion,password
r2,2011-11-30,yes,dos,
r2,2011-11-30,no,probe,
END
cat >consultations.csv <<END
received_on,channel,topic,access,harm
2011-11-01,auto,one-click,,
2011-11-02,phone,winny,,
2011-11-03,phone,one-click,yes,no
2011-10-31,mail,winny,yes,yes
END
cat >history.csv <<END
month,figure,value
2011-09,virus.detections,21291
2011-10,virus.detections,20409
2011-09,observation.accesses,99850
2011-09,observation.accesses_per_point_day,332
END
ok "malware is taken in" mimamori import malware malware.csv
ok "access is taken in" mimamori import access access.csv
ok "consultations are taken in" mimamori import consultations consultations.csv
ok "history is taken in" mimamori import history history.csv
ok "captures are taken in" mimamori observe "$CAPTURES/midnight.pcap" "$CAPTURES/same-source-twice.pcap" \
    "$CAPTURES/tcp-flags.pcap" "$CAPTURES/pcapng-two-sections.pcap"
ok "and again, for nothing" mimamori observe "$CAPTURES/tcp-flags.pcap"

exits 0 "the bulletin of November is written" mimamori bulletin 2011-11 --out november
figure '[.month, .previous_month, .months[0]]' '["2011-11","2011-10","2011-06"]' "it is of November"
figure '.virus | [.detections, .reports]' '[18,3]' "detections are added, reports are by reporter, day and name"
figure '.virus.previous' '{"detections":20,"reports":1}' "October has records of its own, and history is not asked"
figure '.virus | [.detections_change_percent, .reports_change_percent]' '[-10,200]' "the changes"
ok "... have one decimal" has november/figures.json '"detections_change_percent": -10.0,'
figure '[.virus.by_name[] | .name]' '["W32/Mytob","W32/Netsky"]' "the virus with the most detections comes first"
figure '[.virus.by_name[].detections]' '[[0,0,0,0,20,10],[0,0,0,0,0,8]]' "each by the month of acceptance"
figure '.program | [.detections, .by_name[0].daily[29]]' '[5,5]' "a program is counted apart, on its day"
figure '.access.reports' '{"total":[0,0,0,0,0,3],"harm":[0,0,0,0,0,2],"no_harm":[0,0,0,0,0,1]}' "access reports"
figure '.access.all' '{"total":[0,0,0,0,1,4],"harm":[0,0,0,0,1,2],"no_harm":[0,0,0,0,0,2]}' "with the consultations"
figure '.access.harm_by_category' '[{"category":"dos","reports":1},{"category":"intrusion","reports":1}]' "the harm by category"
figure '.consultations | [.total, .phone]' '[[0,0,0,0,1,3],[0,0,0,0,0,2]]' "consultations hold those about access"
figure '[.consultations.topics[] | [.topic, .count[4], .count[5]]]' '[["one-click",0,2],["winny",1,1]]' "the topics"
figure '.observation | [.points, .point_days]' '[1,25]' "a point counts from the day it watches"
figure '.observation | [.accesses, .sources]' '[16,8]' "a source counts once a day, point and port, whatever the capture"
figure '.observation.monthly | [.accesses, .accesses_per_point_day]' '[[0,0,0,99850,0,16],[0,0,0,332,0,0]]' "history before"
figure '[.observation.ports[] | [.port, .accesses[1], .sources[1]]]' \
    '[["2/tcp",6,1],["22/tcp",6,3],["22/udp",1,1],["23/tcp",1,1],["53/udp",1,1],["8/icmp",1,1]]' "the ports, equal ones by name"
figure '.observation.regions' '[{"country":"ZZ","accesses":16,"sources":8}]' "documentation addresses have no country"
figure '.observation.notable' '[]' "nothing stands out in so little"

mimamori bulletin 2011-11 --out again >/dev/null 2>&1
ok "the same ledger gives the same bytes" cmp november/figures.json again/figures.json

printf 'month,figure,value\n2011-08,access.reports.harm,5\n2011-08,access.reports.no_harm,3\n2011-08,access.reports.total,10\n' >wrong.csv
mimamori import history wrong.csv >/dev/null
exits 2 "a month that does not add up is refused" mimamori bulletin 2011-11 --out refused
ok "... with the table, the month and both numbers" is err "mimamori: 2011-08: access reports: with harm 5 and without harm 3 \
make 8, but the total is 10 (expected them to agree)"
ok "... and nothing is written" absent refused
printf 'month,figure,value\n2011-08,access.reports.total,8\n' >right.csv
mimamori import history right.csv >/dev/null
exits 0 "put right, it is written" mimamori bulletin 2011-11 --out november
figure '.access.reports.total' '[0,0,8,0,0,3]' "with its history"
done_testing
