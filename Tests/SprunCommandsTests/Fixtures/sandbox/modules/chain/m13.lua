return import "m14"
