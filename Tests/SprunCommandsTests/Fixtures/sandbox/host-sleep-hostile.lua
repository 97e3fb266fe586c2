-- Sleeps for durations that are none, or overflow.
-- expect: refused "expected a duration"
for _, duration in ipairs{ -1, 0 / 0, math.huge, -math.huge, math.maxinteger, math.mininteger, 1e308, 5e-324, "", "x", "1", "-1s",
    "9223372036854775807s", "99999999999999999999s", "1e999s", "0x10s", "1.5.5s", "1s1s1s", ("9"):rep(1e6) .. "s", "\u{661}s",
    "1h" .. ("0"):rep(1e6) .. "1m", "1d", "1w", "1h 1m", " 1s", "1s\0", "9223372036854775807h", "153722867280912931m",
    "9223372036854775807ms", "0.0000000000000000000000001s", {}, true, print, sp.null } do
    pcall(sp.sleep, duration)
    pcall(sp.wait, {}, { timeout = duration })
end
sp.sleep("-1s")
