return import "m17"
