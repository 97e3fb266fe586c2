return { get = function() return load, _G, setmetatable, rawset, import, sp, print end }
