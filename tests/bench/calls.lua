-- SPDX-License-Identifier: EUPL-1.2
-- For wrk: registers a call for one waiting resident after another. CALLS names a file with id and version of each; DELAY is how
-- many milliseconds lie between two.
local form, calls, at, tried = os.getenv("FORM"), {}, 0, false
for line in io.lines(os.getenv("CALLS")) do
    local id, version = line:match("(%d+)|(%d+)")
    calls[#calls + 1] = { path = "/requests/" .. id .. "/calls", version = tonumber(version) }
end
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
wrk.headers["Cookie"] = "peil=" .. os.getenv("COOKIE")
function request()
    if not tried then -- wrk asks for one request that it does not send
        tried = true
        return wrk.format("GET", "/healthz")
    end
    at = at % #calls + 1
    local call = calls[at]
    local body = form .. "&version=" .. call.version
    call.version = call.version + 1
    return wrk.format(nil, call.path, nil, body)
end
if os.getenv("DELAY") then
    function delay()
        return tonumber(os.getenv("DELAY"))
    end
end
