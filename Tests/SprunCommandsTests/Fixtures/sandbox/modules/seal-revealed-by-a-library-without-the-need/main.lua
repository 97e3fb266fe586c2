-- A library without the need reveals secrets that its importer gives it, who may reveal them.
-- expect: harmless
local lib = import "lib"
lib.take(sp.secret("x"))
lib.take("x" .. sp.secret("y"))
lib.take_in{ deep = { sp.secret("x") } }
lib.ask(sp.secret)
print("harmless")
