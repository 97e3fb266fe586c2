local user = sp.find_sysuser{ name = sp.params.name }
sp.delete_sysuser(user.id)
return { gone = user.name }
