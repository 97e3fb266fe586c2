return nil, 1
