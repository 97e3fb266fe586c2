-- Its name is full of sequences for terminals.
-- expect: refused "name must contain only a-z, 0-9 and -"
return recipe { name = "\27[31m\27]0;title\7\n\r\0\u{9b}31m", version = "1\27[2J", summary = "s", run = function() print("harmless") end }
