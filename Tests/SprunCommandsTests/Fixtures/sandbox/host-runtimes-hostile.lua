-- Compares runtimes whose numbers overflow.
-- expect: harmless
local huge = ("9"):rep(1000000)
for _, runtime in ipairs{ "php", "php.", "php8", "php8.", "php8.99999999999999999999", "php-1.0", "php8.4.4.4.4", "php" .. huge,
    "", "\0", "php8.\u{664}", "PHP8.4", "php08.04" } do
    pcall(sp.compare_runtimes, runtime, "php8.4")
    pcall(sp.compare_runtimes, "php8.4", runtime)
    pcall(sp.newest_runtime, { runtime, "php8.4", runtime })
    pcall(sp.newest_runtime, { available_runtimes = { runtime } })
end
print("harmless")
