return import "m7"
