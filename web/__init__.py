"""The web application: pages, JSON API and the SPARQL form, rendered on the server."""
