return import "m8"
