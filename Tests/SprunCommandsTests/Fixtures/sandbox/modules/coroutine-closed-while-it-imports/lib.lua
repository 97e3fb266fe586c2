sp.sleep(100)
return {}
