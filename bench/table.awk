# table: of times.tsv and kept.tsv (bench/run), medians as Markdown. A ratio is between two times of one round.
BEGIN { FS = "\t" }

# The middle of values[1..n]; sorts them.
function median(values, n,    i, k, value) {
    for (i = 2; i <= n; i++) {
        value = values[i]
        for (k = i - 1; k > 0 && values[k] > value; k--)
            values[k + 1] = values[k]
        values[k + 1] = value
    }
    return n % 2 ? values[(n + 1) / 2] : (values[n / 2] + values[n / 2 + 1]) / 2
}

# What column `what` of a program in a case came to, over its rounds; ratios where `by` is another program.
function over_rounds(case_name, name, what, by,    round, n, values) {
    for (round = 1; round <= rounds; round++)
        if ((case_name, name, round, what) in taken)
            values[++n] = taken[case_name, name, round, what] / (by == "" ? 1 : taken[case_name, by, round, "wall"])
    return median(values, n)
}

FNR == NR { packets[$1] = $2; sightings[$1] = $3; bytes[$1] = $4; summary[$1] = $5; next }

{
    if (!($1 in names)) { cases[++case_count] = $1; names[$1] = "" }
    if ($2 == 1) names[$1] = names[$1] $3 "\n"
    if ($2 > rounds) rounds = $2
    taken[$1, $3, $2, "wall"] = $4
    taken[$1, $3, $2, "user"] = $5
    taken[$1, $3, $2, "cpu"] = $5 + $6
    taken[$1, $3, $2, "peak"] = $7
}

END {
    empty = "empty libpcap loop"
    for (c = 1; c <= case_count; c++) {
        name = cases[c]
        if (name in packets)
            printf "%s%s: %d packets, %d sightings, %.2f bytes a sighting on disk and %.2f of summary\n\n", (c > 1 ? "\n" : ""),
                name, packets[name], sightings[name], bytes[name] / sightings[name], summary[name] / sightings[name]
        else
            printf "\n%s\n\n", name
        print "| | wall s | to the empty loop | user ns a packet | CPU s | peak MB |"
        print "|---|---|---|---|---|---|"
        count = split(names[name], programs, "\n") - 1
        for (i = 1; i <= count; i++) {
            program = programs[i]
            ratio = name in packets ? sprintf("%.2f", over_rounds(name, program, "wall", empty)) : ""
            user = name in packets ? sprintf("%.0f", over_rounds(name, program, "user", "") * 1e9 / packets[name]) : ""
            printf "| %s | %.2f | %s | %s | %.2f | %.0f |\n", program, over_rounds(name, program, "wall", ""), ratio, user,
                over_rounds(name, program, "cpu", ""), over_rounds(name, program, "peak", "") / 1000
        }
    }
}
