-- Loads a library of C.
-- expect: refused "undefined global 'package'"
package.loadlib("libc.so.6", "*")
