return { say = function(text) print(text) sp.log(text) return text end, fail = function(text) error(text) end,
    get = function(text) return http.get("https://a.example/", { headers = { ["X-Token"] = text }, planned = {} }) end }
