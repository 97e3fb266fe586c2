return import "m12"
