return { name = sp.server(sp.params.id).name }
