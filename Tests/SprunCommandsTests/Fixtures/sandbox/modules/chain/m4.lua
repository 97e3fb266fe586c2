return import "m5"
