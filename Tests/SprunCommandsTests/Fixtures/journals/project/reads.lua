-- Raises an error because of what it has read; a person has it read again.
local apps = sp.apps{ name = sp.params.name }
if #apps == 0 then error("there is no app " .. sp.params.name) end
return { apps = #apps }
