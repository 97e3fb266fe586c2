return import "m2"
