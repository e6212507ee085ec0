-- report: what wrk sends: a consultation a request, each with a page of its own (`once`), as a browser sends the last page.
local threads = 0
function setup(thread)
    threads = threads + 1
    thread:set("number", threads)
end

local count, refused = 0, 0
local seed
function init()
    seed = string.format("%08x%08x", os.time(), number)
    wrk.method = "POST"
    wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
    wrk.headers["Origin"] = wrk.scheme .. "://" .. wrk.host .. ":" .. wrk.port
    wrk.headers["Sec-Fetch-Site"] = "same-origin"
end

local what = string.rep("%E5%A4%89%E3%81%AA%E7%94%BB%E9%9D%A2%E3%81%8C%E5%87%BA%E3%81%A6", 8)
function request()
    count = count + 1
    local once = seed .. string.format("%048x", count)
    return wrk.format(nil, nil, nil, "once=" .. once .. "&step=4&reached=4&go=send&topic=one-click&what=" .. what ..
        "&name=Hanako&email=hanako" .. count .. "%40example.jp")
end

function done(summary, latency)
    local errors = summary.errors
    io.write(string.format("RESULT %.0f %.2f %d\n", summary.requests * 1e6 / summary.duration, latency:percentile(99) / 1000,
        errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
