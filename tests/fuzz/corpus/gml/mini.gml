Creator "maillage"
graph [
  directed 0
  label "Mini-région (fictive)"
  node [
    id 0
    actor_id "asso-eau"
    label "Eau partagée (association fictive)"
    kind "association"
    place "Rivebelle"
    country "FR"
    expertises "eau-potable"
    territory "Nord"
  ]
  node [
    id 1
    actor_id "asso-fleuve"
    label "Les Amis du fleuve (association fictive)"
    kind "association"
    country "FR"
    expertises "patrimoine|zones-humides"
    territory "Nord|Sud"
  ]
  node [
    id 2
    actor_id "asso-jumelages"
    label "Comité des jumelages de Montclair (association fictive)"
    kind "association"
    place "Montclair"
    country "FR"
    expertises "langues|mobilite-jeunes"
    territory "Nord"
  ]
  node [
    id 3
    actor_id "asso-scene"
    label "Scène ouverte (association fictive)"
    kind "association"
    country "FR"
    expertises "patrimoine|spectacle"
    seeks "langues"
  ]
  node [
    id 4
    actor_id "ecole-valombre"
    label "École d'art de Valombre (fictive)"
    kind "university"
    place "Valombre"
    country "FR"
    expertises "spectacle"
    territory "Sud"
  ]
  node [
    id 5
    actor_id "montclair"
    label "Ville de Montclair (fictive)"
    kind "municipality"
    place "Montclair"
    country "FR"
    expertises "langues|mobilite-jeunes|patrimoine"
    territory "Nord"
  ]
  node [
    id 6
    actor_id "pierrelande"
    label "Commune de Pierrelande (fictive)"
    kind "municipality"
    place "Pierrelande"
    country "FR"
    expertises "langues"
    seeks "eau-potable"
    territory "Sud"
  ]
  node [
    id 7
    actor_id "rivebelle"
    label "Ville de Rivebelle (fictive)"
    kind "municipality"
    place "Rivebelle"
    country "FR"
    expertises "eau-potable|patrimoine"
    seeks "zones-humides"
    territory "Nord"
  ]
  node [
    id 8
    actor_id "saint-aubry"
    label "Commune de Saint-Aubry (fictive)"
    kind "municipality"
    place "Saint-Aubry"
    country "FR"
    expertises "langues"
    seeks "mobilite-jeunes"
    territory "Sud"
  ]
  node [
    id 9
    actor_id "univ-montclair"
    label "Université de Montclair (fictive)"
    kind "university"
    place "Montclair"
    country "FR"
    expertises "eau-potable|zones-humides"
    territory "Nord"
  ]
  node [
    id 10
    actor_id "univ-rivebelle"
    label "Université de Rivebelle (fictive)"
    kind "university"
    place "Rivebelle"
    country "FR"
    expertises "langues|mobilite-jeunes"
    territory "Nord"
  ]
  node [
    id 11
    actor_id "valombre"
    label "Commune de Valombre (fictive)"
    kind "municipality"
    place "Valombre"
    country "FR"
    expertises "zones-humides"
    territory "Sud"
  ]
  edge [
    source 5
    target 9
    partnership "p01"
    label "Projet fictif Ville et université de Montclair"
    kind "project"
    start "2015"
    status "active"
  ]
  edge [
    source 2
    target 5
    partnership "p02"
    label "Délégation fictive des jumelages"
    kind "delegation"
    start "2012"
    status "active"
  ]
  edge [
    source 5
    target 8
    partnership "p03"
    label "Entente fictive Montclair – Saint-Aubry"
    kind "cooperation"
    start "2016-04"
    status "active"
  ]
  edge [
    source 7
    target 10
    partnership "p04"
    label "Projet fictif Ville et université de Rivebelle"
    kind "project"
    start "2018"
    status "active"
  ]
  edge [
    source 0
    target 7
    partnership "p05"
    label "Financement fictif Rivebelle – Eau partagée"
    kind "funding"
    start "2019"
    status "active"
  ]
  edge [
    source 7
    target 11
    partnership "p06"
    label "Entente fictive Rivebelle – Valombre"
    kind "cooperation"
    start "2014"
    status "active"
  ]
  edge [
    source 2
    target 8
    partnership "p07"
    label "Coopération fictive Saint-Aubry – Comité des jumelages"
    kind "cooperation"
    status "listed"
  ]
  edge [
    source 4
    target 11
    partnership "p08"
    label "Projet fictif Valombre – École d'art"
    kind "project"
    start "2020-09"
    status "active"
  ]
  edge [
    source 9
    target 10
    partnership "p09"
    label "Convention fictive des deux universités"
    kind "cooperation"
    start "2011"
    status "active"
  ]
  edge [
    source 2
    target 10
    partnership "p10"
    label "Projet fictif Mobilité des étudiants"
    kind "project"
    start "2021-03-15"
    status "active"
  ]
  edge [
    source 0
    target 1
    partnership "p11"
    label "Projet fictif Sources"
    kind "project"
    start "2017"
    status "active"
  ]
  edge [
    source 3
    target 4
    partnership "p12"
    label "Résidence fictive"
    kind "project"
    start "2022"
    status "active"
  ]
  edge [
    source 5
    target 7
    partnership "p13"
    label "Charte fictive des deux villes"
    kind "cooperation"
    weight 2
    start "2013"
    status "active"
  ]
  edge [
    source 2
    target 3
    partnership "p14"
    label "Festival fictif"
    kind "event"
    start "2018"
    end "2020"
    status "ended"
  ]
  edge [
    source 4
    target 10
    partnership "p15"
    label "Rattachement fictif de l'École d'art à l'Université de Rivebelle"
    kind "part_of"
    status "active"
  ]
  edge [
    source 1
    target 5
    label "Consortium fictif du fleuve"
    kind "consortium"
    weight 0.3333333333333333
    start "2020"
    status "active"
    partnership "p16"
    partnership_weight 1
    role_a "member"
    role_b "coordinator"
  ]
  edge [
    source 1
    target 7
    label "Consortium fictif du fleuve"
    kind "consortium"
    weight 0.3333333333333333
    start "2020"
    status "active"
    partnership "p16"
    partnership_weight 1
    role_a "member"
    role_b "member"
  ]
  edge [
    source 1
    target 9
    label "Consortium fictif du fleuve"
    kind "consortium"
    weight 0.3333333333333333
    start "2020"
    status "active"
    partnership "p16"
    partnership_weight 1
    role_a "member"
    role_b "member"
  ]
  edge [
    source 5
    target 7
    label "Consortium fictif du fleuve"
    kind "consortium"
    weight 0.3333333333333333
    start "2020"
    status "active"
    partnership "p16"
    partnership_weight 1
    role_a "coordinator"
    role_b "member"
  ]
  edge [
    source 5
    target 9
    label "Consortium fictif du fleuve"
    kind "consortium"
    weight 0.3333333333333333
    start "2020"
    status "active"
    partnership "p16"
    partnership_weight 1
    role_a "coordinator"
    role_b "member"
  ]
  edge [
    source 7
    target 9
    label "Consortium fictif du fleuve"
    kind "consortium"
    weight 0.3333333333333333
    start "2020"
    status "active"
    partnership "p16"
    partnership_weight 1
    role_a "member"
    role_b "member"
  ]
]
