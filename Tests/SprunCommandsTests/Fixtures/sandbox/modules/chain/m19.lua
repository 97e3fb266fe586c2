return import "m20"
