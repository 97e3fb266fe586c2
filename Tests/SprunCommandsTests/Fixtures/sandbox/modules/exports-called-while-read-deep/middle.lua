local lib = import "lib"
pcall(lib.make)
return { lib = lib }
