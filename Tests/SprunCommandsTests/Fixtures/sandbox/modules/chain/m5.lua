return import "m6"
