"""The coordination network as people ask for it: views and bodies by name, measures in words, files to take along."""
