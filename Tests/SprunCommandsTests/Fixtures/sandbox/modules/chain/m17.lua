return import "m18"
