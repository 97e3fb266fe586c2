return import "m4"
