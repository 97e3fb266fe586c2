load("error('hostile \\27[2J\\0')", "@main.lua")()
