return import "m16"
