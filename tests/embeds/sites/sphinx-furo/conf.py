project = "Water meters"
html_theme = "furo"
