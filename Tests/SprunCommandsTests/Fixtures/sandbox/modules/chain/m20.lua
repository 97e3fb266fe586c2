return import "m21"
