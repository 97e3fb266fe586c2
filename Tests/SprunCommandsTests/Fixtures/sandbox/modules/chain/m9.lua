return import "m10"
