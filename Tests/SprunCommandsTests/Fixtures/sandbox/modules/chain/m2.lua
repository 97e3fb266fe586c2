return import "m3"
