-- page: what wrk sends: plain requests for one page.
function done(summary, latency)
    local errors = summary.errors
    io.write(string.format("RESULT %.0f %.2f %d\n", summary.requests * 1e6 / summary.duration, latency:percentile(99) / 1000,
        errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
