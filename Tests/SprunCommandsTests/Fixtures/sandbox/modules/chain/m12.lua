return import "m13"
