return { say = function() return "said" end }
