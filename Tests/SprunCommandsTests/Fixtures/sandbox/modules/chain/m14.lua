return import "m15"
