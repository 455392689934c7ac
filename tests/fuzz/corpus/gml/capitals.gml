Version 1
Graph [ Directed 0 x [ y 1 ] Node [ Id 1 a -Inf b "c\\" d "_networkx_list_start" d 2 ] Node [ Id 2 e [ f 1 ] ] Edge [ Id 7 Source 1 Target 2 ] ]
