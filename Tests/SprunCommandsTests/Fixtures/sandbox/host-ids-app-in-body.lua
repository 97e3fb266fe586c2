-- Names in a body ids that are paths.
-- expect: refused "SP0204"
sp.create_db{ appid = "../x", name = "x/../y", user = { name = "\0", password = "\nxxxxxxxxx" } }
