-- It gets a token back in bodies, JSON, headers, scripts and their errors, and prints all of it.
-- expect: harmless
local secret = "ESC" .. "APED-token-of-a-recipe"
local reply = http.post_json("https://a.example/" .. secret, { x = secret }, { headers = { Authorization = "Bearer " .. secret },
    planned = { json = { a = secret, [secret] = 1 }, headers = { ["x-back"] = secret } } })
print(reply.body, reply.headers["x-back"], reply.json and reply.json.a)
for key in pairs(reply.json or {}) do print(key) end
local _, failure = pcall(ssh.run, { host = "192.0.2.1", script = "echo " .. secret, planned = { status = 3, stdout = secret, stderr = "a\n" .. secret .. "\nb" } })
print(failure)
print("harmless")
