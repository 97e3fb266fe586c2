return { apikey = sp.create_server{ name = sp.params.name }.apikey }
