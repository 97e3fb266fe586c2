return import "m9"
