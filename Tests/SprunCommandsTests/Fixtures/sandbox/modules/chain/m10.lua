return import "m11"
