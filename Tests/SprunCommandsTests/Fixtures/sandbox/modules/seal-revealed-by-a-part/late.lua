return sp.secret("x"):reveal()
