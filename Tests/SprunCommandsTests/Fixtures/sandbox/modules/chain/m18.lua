return import "m19"
