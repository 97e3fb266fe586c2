-- It has a recipe with the need reveal texts that stand for 8 MB each, and keep them.
-- expect: refused 64 "64 KiB"
import "lib"{ s = ("token-of-the-importer"):rep(50000) }
