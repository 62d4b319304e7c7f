project = "Water meters"
html_theme = "sphinx_rtd_theme"
extensions = ["myst_parser"]
