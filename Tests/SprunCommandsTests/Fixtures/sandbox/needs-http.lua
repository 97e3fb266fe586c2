-- Asks a host without saying that it needs to.
-- expect: refused "http"
return recipe { name = "hostile", version = "1.0.0", summary = "A hostile recipe",
    needs = { http = { "api.example" } }, run = function()
    http.get("https://other.example/", { planned = { status = 200 } })
    print("ESCAPED: asked another host")
end }
