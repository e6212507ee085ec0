# The figures of the demo month against those that were published in the bulletin of November 2011 (and in those before
# it), one TAP line each. jq -r -f demo-figures.jq figures.json
def near($a; $b): ($a - $b) | fabs < 0.001;
. as $f
| def topic($name): [$f.consultations.topics[] | select(.topic == $name) | .count[4:6]] | first;
def port($name): [$f.observation.ports[] | select(.port == $name)] | first;
def notable($name): [$f.observation.notable[] | select(.port == $name)];
def sum($path): [$path[]] | add;
[
  ["the month is November 2011, after October", [.month, .previous_month], ["2011-11", "2011-10"]],
  ["the six months run from June to November", .months,
    ["2011-06", "2011-07", "2011-08", "2011-09", "2011-10", "2011-11"]],
  ["20,585 detections in 1,115 reports", [.virus.detections, .virus.reports], [20585, 1115]],
  ["20,409 detections in 795 reports the month before", [.virus.previous.detections, .virus.previous.reports], [20409, 795]],
  ["detections grew by 0.9 %", near(.virus.detections_change_percent; 0.9), true],
  ["reports grew by 40.3 %", near(.virus.reports_change_percent; 40.3), true],
  ["the names' detections add up to each month's", [range(6) as $m | [.virus.by_name[].detections[$m]] | add][2:],
    [25143, 21291, 20409, 20585]],
  ["the names' reports add up to each month's", [range(6) as $m | [.virus.by_name[].reports[$m]] | add],
    [1209, 1064, 931, 906, 795, 1115]],
  ["BACKDOOR grows from month to month", ([.program.by_name[] | select(.name == "BACKDOOR") | .detections] | first
    | . == (. | unique)), true],
  ["RLTRAP was at its height in September", ([.program.by_name[] | select(.name == "RLTRAP") | .detections] | first
    | index(max)), 3],
  ["RLTRAP had two days in the first half of November", ([.program.by_name[] | select(.name == "RLTRAP") | .daily[-30:][:15]]
    | first | [.[] | select(. > 1000)] | length), 2],
  ["access reports a", .access.reports.total, [9, 8, 10, 7, 15, 7]],
  ["access reports with harm b", .access.reports.harm, [9, 5, 8, 5, 8, 5]],
  ["access reports without harm c", .access.reports.no_harm, [0, 3, 2, 2, 7, 2]],
  ["access consultations d", .access.consultations.total, [32, 47, 37, 31, 46, 69]],
  ["access consultations with harm e", .access.consultations.harm, [7, 15, 13, 8, 7, 14]],
  ["access consultations without harm f", .access.consultations.no_harm, [25, 32, 24, 23, 39, 55]],
  ["all of unauthorised access a+d", .access.all.total, [41, 55, 47, 38, 61, 76]],
  ["all of it with harm b+e", .access.all.harm, [16, 20, 21, 13, 15, 19]],
  ["all of it without harm c+f", .access.all.no_harm, [25, 35, 26, 25, 46, 57]],
  ["harm: intrusion 2, impersonation 2, denial of service 1",
    ([.access.harm_by_category[] | select(.reports > 0) | [.category, .reports]] | sort),
    [["dos", 1], ["impersonation", 2], ["intrusion", 2]]],
  ["consultations", .consultations.total, [1692, 1490, 1651, 1551, 1496, 1420]],
  ["consultations by the automatic answering system", .consultations.auto, [999, 889, 958, 936, 865, 746]],
  ["consultations by telephone", .consultations.phone, [639, 540, 639, 554, 564, 561]],
  ["consultations by mail", .consultations.mail, [50, 54, 50, 52, 55, 102]],
  ["other consultations", .consultations.other, [4, 7, 4, 9, 12, 11]],
  ["one-click billing 418 after 419", topic("one-click"), [419, 418]],
  ["fake security software 11 after 7", topic("fake-antivirus"), [7, 11]],
  ["Winny 35 after 12", topic("winny"), [12, 35]],
  ["targeted mail 1 after 9", topic("targeted-mail"), [9, 1]],
  ["10 points on 300 point-days", [.observation.points, .observation.point_days], [10, 300]],
  ["86,568 accesses from 36,259 sources", [.observation.accesses, .observation.sources], [86568, 36259]],
  ["288 accesses and 120 sources a point and day",
    [.observation.accesses_per_point_day, .observation.sources_per_point_day], [288, 120]],
  ["July's accesses and sources", [.observation.monthly.accesses[1], .observation.monthly.sources[1]], [102888, 46222]],
  ["November lies below October", (.observation.monthly.accesses | .[5] < .[4]), true],
  ["accesses of ports and other ports add up",
    ([.observation.ports[].accesses[1]] | add) + .observation.other_ports.accesses[1], 86568],
  ["sources of ports and other ports add up",
    ([.observation.ports[].sources[1]] | add) + .observation.other_ports.sources[1], 36259],
  ["regions add up", [([.observation.regions[].accesses] | add), ([.observation.regions[].sources] | add)], [86568, 36259]],
  ["the ports outside the top ten fell by a fifth or more",
    (.observation.other_ports.accesses | .[1] * 5 < .[0] * 4), true],
  ["8909/tcp is new in the top ten", [port("8909/tcp").rank[1], (port("8909/tcp").rank[0] // 99) > 10], [10, true]],
  ["8909/tcp is noted", (notable("8909/tcp") | length > 0), true],
  ["8909/tcp is noted as rising", ([notable("8909/tcp")[].why] | index("rising") != null), true],
  ["8909/tcp comes from China and the United States mainly",
    (notable("8909/tcp") | first | [.by_country[:2][].country]), ["CN", "US"]],
  ["8909/tcp's days add up to its month", (notable("8909/tcp") | first | .daily | add), port("8909/tcp").accesses[1]]
] as $checks
| "1..\($checks | length)",
  ($checks | to_entries[] | .key as $at | .value
    | (if .[1] == .[2] then "ok" else "not ok" end) + " \($at + 1) - \(.[0])"
      + (if .[1] == .[2] then "" else "\n# is \(.[1] | tojson), expected \(.[2] | tojson)" end))
